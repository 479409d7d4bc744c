// SPDX-License-Identifier: Apache-2.0
// A worker without Python: reads its script and does what the words in it say, one after the other.
#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <iostream>
#include <sstream>
#include <string>

#include "core/trace/codec.h"
#include "core/trace/parcel.h"

using namespace tapescope;

namespace {

void send(const std::vector<std::byte>& bytes) {
    std::fwrite(bytes.data(), 1, bytes.size(), stdout);
    std::fflush(stdout);
}

class Worker {
public:
    void begin(const std::string& script) {
        add(RunStarted{"fake.py", "0", "3", 0, false});
        add(ScriptRead{FileId{0}, "fake.py", script});
        add(CallSiteSeen{CallSiteId{0}, {Frame{FileId{0}, "<module>", {4, 0, 4, 1}}}});
        add(Printed{false, "hello\n", CallSiteId{0}});
        send(encoder_.drain());
    }

    void obey(const std::string& word) {
        if (word == "end") say(RunEnded{});
        if (word == "more") say(Printed{false, "more\n", CallSiteId{0}});
        if (word == "impossible") say(Printed{false, "", CallSiteId{77}});
        if (word == "garbage") send(std::vector<std::byte>(64, std::byte{0xff}));
        if (word == "half") half();
        if (word == "flood") flood();
        if (word == "hang") ::pause();
        if (word == "exit") std::_Exit(3);
        if (word == "complain") std::cerr << "first\nlibrary missing\n";
        if (word == "sigsys") ::raise(SIGSYS);
        if (word == "sigkill") ::raise(SIGKILL);
    }

private:
    void add(Event event) { encoder_.add(event); }

    void say(Event event) {
        add(std::move(event));
        send(encoder_.drain());
    }

    void half() {
        add(Printed{false, "lost\n", CallSiteId{0}});
        std::vector<std::byte> bytes = encoder_.drain();
        bytes.resize(bytes.size() / 2);
        send(bytes);
    }

    void flood() {
        while (true) say(Printed{false, std::string(100000, 'x'), CallSiteId{0}});
    }

    Encoder encoder_;
};

}  // namespace

int main() {
    std::ostringstream input;
    input << std::cin.rdbuf();
    const auto parcel = unpackParcel(std::string_view(input.view()).substr(parcelMagic().size() + parcelSizeBytes));
    if (!parcel) return 1;
    std::istringstream words(parcel->script);
    std::string word;
    Worker worker;
    if (!(words >> word) || word != "silent") worker.begin(parcel->script);
    do worker.obey(word);
    while (words >> word);
    return 0;
}
