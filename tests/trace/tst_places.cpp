// SPDX-License-Identifier: Apache-2.0
// Lines through several texts and cells, in words; and parcels, whole and damaged.
#include <QtTest>
#include <set>

#include "core/trace/parcel.h"
#include "core/trace/places.h"

using namespace tapescope;

class TestPlaces : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void linesCountThroughAllTexts() {
        Places places;
        places.add("train.py", "a\nb\n");  // the empty third line is one, too
        places.add("utils.py", "c\nd");
        places.add("models/net.py", "e");
        QCOMPARE(places.of(1), (TextPlace{FileId{0}, 1, 0, 0}));
        QCOMPARE(places.of(3), (TextPlace{FileId{0}, 3, 0, 0}));
        QCOMPARE(places.of(4), (TextPlace{FileId{1}, 1, 0, 0}));
        QCOMPARE(places.of(6), (TextPlace{FileId{2}, 1, 0, 0}));
        QCOMPARE(places.base(FileId{2}), 5U);
        QCOMPARE(places.words(2), std::string("line 2"));
        QCOMPARE(places.words(5), std::string("line 2 of utils.py"));
        QCOMPARE(places.words(4, 5), std::string("lines 1–2 of utils.py"));
        QCOMPARE(places.words(2, 2), std::string("line 2"));
        QCOMPARE(places.words(0), std::string("line 0"));
    }

    void cellsOfANotebook() {
        Places places;
        places.add("net.ipynb", "# %% Cell 1\na\nb\n# %% Cell 2\nc");
        QCOMPARE(places.of(3), (TextPlace{FileId{0}, 3, 1, 2}));
        QCOMPARE(places.of(4), (TextPlace{FileId{0}, 4, 2, 0}));
        QCOMPARE(places.words(5), std::string("line 1 of cell 2"));
        QCOMPARE(places.words(4), std::string("line 4"));
        QCOMPARE(places.words(2, 3), std::string("lines 1–2 of cell 1"));
        QCOMPARE(places.words(2, 5), std::string("line 1 of cell 1 to line 1 of cell 2"));
        QCOMPARE(places.words(1, 3), std::string("lines 1–2 of cell 1"));  // from its heading on
        QCOMPARE(places.words(1, 2), std::string("line 1 of cell 1"));
        QCOMPARE(places.words(3, 4), std::string("line 2 of cell 1"));  // to the heading of the next
        Places script;
        script.add("net.py", "# %% Cell 1\na");
        QCOMPARE(script.words(2), std::string("line 2"));
    }

    void headings() {
        QCOMPARE(cellOfHeading(cellHeading(12)), std::optional<std::uint32_t>(12));
        for (const char* line : {"# %% Cell", "# %% Cell 0", "# %% Cell 1 and more", "# Cell 1", " # %% Cell 1"})
            QVERIFY(!cellOfHeading(line));
    }

    void parcelsComeBack() {
        const Parcel parcel{.script = std::string("print(1)\0x", 10),
                            .modules = {{"utils.py", "x"}, {"a/b.py", ""}},
                            .files = {{{"data.csv", "beside/data.csv"}, std::string(1000, '\xff')}},
                            .notes = {"left out"}};
        const std::string bytes = pack(parcel);
        const std::size_t head = parcelMagic().size() + parcelSizeBytes;
        QCOMPARE(parcelSize(std::string_view(bytes).substr(parcelMagic().size())), bytes.size() - head);
        const auto read = unpackParcel(std::string_view(bytes).substr(head));
        QVERIFY(read);
        QCOMPARE(*read, parcel);
        const std::set<std::size_t> wholePieces{27, 53};  // 17 bytes, then name and bytes: the script, utils.py
        for (std::size_t size = 1; size < 60; ++size)
            QCOMPARE(bool(unpackParcel(std::string_view(bytes).substr(head, size))), wholePieces.contains(size));
        QVERIFY(!unpackParcel("s"));
        QVERIFY(!unpackParcel(std::string("s") + std::string(15, '\xff')));
        QVERIFY(!unpackParcel(std::string("?") + std::string(16, '\0')));
    }
};

QTEST_GUILESS_MAIN(TestPlaces)
#include "tst_places.moc"
