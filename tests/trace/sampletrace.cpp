// SPDX-License-Identifier: Apache-2.0
// The two steps of the wrong source. Numbers: y = X·W + b, loss = sum(y), so that d loss/dy is all ones,
// d loss/db = [2, 2] and d loss/dW = Xᵀ·ones = [[4, 4], [6, 6]].
#include "tests/trace/sampletrace.h"

#include <sstream>

#include "tests/trace/logbuilder.h"

namespace tapescope::testing {

namespace {

constexpr double rate = 0.01;

const char* const script = R"(import tensorflow as tf

W = tf.Variable(tf.random.normal((2, 2)), name="weight")
b = tf.Variable(tf.zeros((2,)), name="bias")


def linear_transform(x):
    x_transformed = tf.matmul(x, W) + b
    return x_transformed


X = tf.constant([[1.0, 2.0], [3.0, 4.0]])
optimizer = tf.keras.optimizers.SGD(learning_rate=0.01)

with tf.GradientTape() as tape:
    y_pred = linear_transform(X)
    loss = tf.reduce_sum(y_pred)

gradients = tape.gradient(loss, [W, b])
optimizer.apply_gradients(zip(gradients, [W, b]))

with tf.GradientTape() as tape:
    y_pred_incorrect = linear_transform(X)
    loss_incorrect = tf.reduce_sum(y_pred_incorrect)

    gradients_incorrect = tape.gradient(loss_incorrect, [y_pred_incorrect])

optimizer.apply_gradients(zip(gradients_incorrect, [W, b]))

print("W:", W.numpy())
print("b:", b.numpy())
)";

Tensor product(const Tensor& a, const Tensor& b) {
    const auto rows = static_cast<std::size_t>(a.shape()[0]), inner = static_cast<std::size_t>(a.shape()[1]),
               columns = static_cast<std::size_t>(b.shape()[1]);
    std::vector<float> result(rows * columns, 0.0F);
    for (std::size_t i = 0; i < rows; ++i)
        for (std::size_t j = 0; j < columns; ++j)
            for (std::size_t k = 0; k < inner; ++k)
                result[i * columns + j] += a.as<float>()[i * inner + k] * b.as<float>()[k * columns + j];
    return tensor({a.shape()[0], b.shape()[1]}, result);
}

Tensor plusRow(const Tensor& matrix, const Tensor& vector) {
    std::vector<float> result(matrix.as<float>().begin(), matrix.as<float>().end());
    for (std::size_t i = 0; i < result.size(); ++i) result[i] += vector.as<float>()[i % vector.as<float>().size()];
    return tensor(matrix.shape(), result);
}

Tensor total(const Tensor& tensor) {
    float sum = 0;
    for (const float x : tensor.as<float>()) sum += x;
    return Tensor::scalar(sum);
}

std::string text(const Tensor& value) {
    std::ostringstream out;
    out << "[";
    const auto row = static_cast<std::size_t>(value.shape().back());
    for (std::size_t i = 0; i < value.as<float>().size(); ++i)
        out << (i == 0 ? "" : i % row == 0 ? "]\n [" : " ") << value.as<float>()[i];
    return out.str() + "]";
}

/// The story; a step or two of it a function.
class WrongSource {
public:
    std::vector<Event> tell() && {
        saySyntax();
        setUp();
        const Pass right = forward(15, "y_pred", "loss");
        log_.exitTape(right.tape, log_.site(15, "with tf.GradientTape() as tape:"));
        updateBoth(right);
        const Pass wrong = forward(22, "y_pred_incorrect", "loss_incorrect");
        updateWrongly(wrong);
        show(30, "W", W_);
        show(31, "b", b_);
        log_.add(RunEnded{Outcome::Finished, "", 0});
        return std::move(log_).done();
    }

private:
    struct Pass {
        TapeId tape;
        TensorId product, readW, readB, y, loss;
    };

    void assignment(std::uint32_t line, const std::string& target, const std::string& callee, const std::string& call,
                    std::vector<std::string_view> arguments, std::int32_t parent = -1) {
        const auto assign =
            log_.syntax(SyntaxKind::Assign, line, target + " = " + call, target, {target, call}, parent);
        log_.syntax(SyntaxKind::Call, line, call, callee, std::move(arguments), assign);
    }

    void withTape(std::uint32_t line, std::uint32_t last, const std::string& y, const std::string& loss) {
        SyntaxItem block{SyntaxKind::With, -1, {line, 0, last, 0}, "tape", {}};
        block.parts = {log_.range(line, "tf.GradientTape() as tape"), {line + 1, 4, last, 0}};
        const auto with = log_.syntax(block);
        assignment(line + 1, y, "linear_transform", "linear_transform(X)", {"X"}, with);
        assignment(line + 2, loss, "tf.reduce_sum", "tf.reduce_sum(" + y + ")", {y}, with);
        if (last == line + 4)
            assignment(last, "gradients_incorrect", "tape.gradient", askWrongly,
                       {"loss_incorrect", "[y_pred_incorrect]"}, with);
    }

    void apply(std::uint32_t line, const std::string& gradients) {
        const std::string zip = "zip(" + gradients + ", [W, b])";
        const auto call = log_.syntax(SyntaxKind::Call, line, "optimizer.apply_gradients(" + zip + ")",
                                      "optimizer.apply_gradients", {zip});
        log_.syntax(SyntaxKind::Call, line, zip, "zip", {gradients, "[W, b]"}, call);
    }

    void saySyntax() {
        log_.syntax(SyntaxKind::Import, 1, "import tensorflow as tf", "tensorflow");
        assignment(3, "W", "tf.Variable", madeW, {"tf.random.normal((2, 2))", "name=\"weight\""});
        assignment(4, "b", "tf.Variable", madeB, {"tf.zeros((2,))", "name=\"bias\""});
        SyntaxItem function{SyntaxKind::Function, -1, {7, 0, 9, 24}, "linear_transform", {}};
        const auto body = log_.syntax(function);
        assignment(8, "x_transformed", "tf.matmul", "tf.matmul(x, W) + b", {"x", "W"}, body);
        assignment(12, "X", "tf.constant", madeX, {"[[1.0, 2.0], [3.0, 4.0]]"});
        assignment(13, "optimizer", "tf.keras.optimizers.SGD", madeSgd, {"learning_rate=0.01"});
        withTape(15, 17, "y_pred", "loss");
        assignment(19, "gradients", "tape.gradient", askRightly, {"loss", "[W, b]"});
        apply(20, "gradients");
        withTape(22, 26, "y_pred_incorrect", "loss_incorrect");
        apply(28, "gradients_incorrect");
        for (const std::uint32_t line : {30U, 31U})
            log_.syntax(SyntaxKind::Call, line, line == 30 ? "print(\"W:\", W.numpy())" : "print(\"b:\", b.numpy())",
                        "print", {line == 30 ? "W.numpy()" : "b.numpy()"});
        log_.digest();
    }

    void setUp() {
        log_.add(Noted{"unseeded: numbers start from seed 0"});
        const auto normal = log_.op("RandomStandardNormal", log_.site(3, "tf.random.normal((2, 2))"), {},
                                    tensor({2, 2}, {0.31F, 0.07F, 0.80F, 0.52F}));
        W_ = log_.variable("weight", log_.value(normal), normal, log_.site(3, madeW));
        log_.bind("W", LogBuilder::ref(W_), log_.site(3, std::string("W = ") + madeW));
        const auto zeros = log_.op("Fill", log_.site(4, "tf.zeros((2,))"), {}, tensor({2}, {0, 0}));
        b_ = log_.variable("bias", log_.value(zeros), zeros, log_.site(4, madeB));
        log_.bind("b", LogBuilder::ref(b_), log_.site(4, std::string("b = ") + madeB));
        X_ = log_.constant(log_.site(12, madeX), tensor({2, 2}, {1, 2, 3, 4}));
        log_.bind("X", LogBuilder::ref(X_), log_.site(12, std::string("X = ") + madeX));
        optimizer_ = log_.optimizer("SGD", rate, log_.site(13, madeSgd));
        log_.bind("optimizer", LogBuilder::ref(optimizer_), log_.site(13, std::string("optimizer = ") + madeSgd));
    }

    Pass forward(std::uint32_t line, const std::string& y, const std::string& loss) {
        Pass pass;
        const auto with = log_.site(line, "with tf.GradientTape() as tape:");
        pass.tape = log_.openTape(with);
        log_.bind("tape", LogBuilder::ref(pass.tape), with);
        const Place caller{line + 1, "linear_transform(X)", "<module>"};
        const auto within = [&](const char* text) { return log_.site({caller, {8, text, "linear_transform"}}); };
        const auto matmul = within("tf.matmul(x, W)");
        pass.readW = log_.read(W_, matmul);
        pass.product = log_.op("MatMul", matmul, {X_, pass.readW}, product(log_.value(X_), log_.value(W_)));
        const auto add = within("tf.matmul(x, W) + b");
        pass.readB = log_.read(b_, add);
        pass.y = log_.op("AddV2", add, {pass.product, pass.readB}, plusRow(log_.value(pass.product), log_.value(b_)));
        log_.bind("x_transformed", LogBuilder::ref(pass.y), add, "linear_transform");
        log_.bind(y, LogBuilder::ref(pass.y), log_.site(line + 1, "linear_transform(X)"));
        const auto sum = log_.site(line + 2, "tf.reduce_sum(" + y + ")");
        pass.loss = log_.op("Sum", sum, {pass.y}, total(log_.value(pass.y)));
        log_.bind(loss, LogBuilder::ref(pass.loss), sum);
        return pass;
    }

    TensorId backToSum(GradientId gradient, const Pass& pass, CallSiteId site) {
        const auto seed = log_.backward(gradient, "OnesLike", site, {pass.loss}, Tensor::scalar(1));
        log_.arrive(gradient, pass.loss, {}, 0, seed);
        const auto ones = log_.backward(gradient, "BroadcastTo", site, {seed}, tensor({2, 2}, {1, 1, 1, 1}));
        log_.arrive(gradient, pass.y, log_.producer(pass.loss), 0, ones);
        return ones;
    }

    void updateBoth(const Pass& pass) {
        const auto site = log_.site(19, askRightly);
        const auto gradient = log_.ask(pass.tape, {pass.loss}, {log_.handle(W_), log_.handle(b_)}, site);
        const auto ones = backToSum(gradient, pass, site);
        log_.arrive(gradient, pass.product, log_.producer(pass.y), 0, ones);
        const auto ofB = log_.backward(gradient, "Sum", site, {ones}, tensor({2}, {2, 2}));
        log_.arrive(gradient, log_.handle(b_), log_.producer(pass.y), 1, ofB);
        const auto ofW = log_.backward(gradient, "MatMul", site, {X_, ones}, trueGradientOfW());
        log_.arrive(gradient, log_.handle(W_), log_.producer(pass.product), 1, ofW);
        log_.answer(gradient, {log_.path(log_.handle(W_), ofW), log_.path(log_.handle(b_), ofB)});
        log_.bind("gradients", log_.list({LogBuilder::ref(ofW), LogBuilder::ref(ofB)}), site);

        ApplyBegan facts{{}, optimizer_, {2, 2}, {{ofW, W_}, {ofB, b_}}, {}, {}, {}, {}};
        facts.site = log_.site(20, "optimizer.apply_gradients(zip(gradients, [W, b]))");
        facts.zipSite = log_.site(20, "zip(gradients, [W, b])");
        const auto apply = log_.beginApply(std::move(facts));
        log_.applyPair(apply, 0, rate);
        log_.applyPair(apply, 1, rate);
        log_.endApply(apply);
    }

    void updateWrongly(const Pass& pass) {
        const auto site = log_.site(26, askWrongly);
        const auto gradient = log_.ask(pass.tape, {pass.loss}, {pass.y}, site);
        const auto ones = backToSum(gradient, pass, site);
        log_.answer(gradient, {log_.path(pass.y, ones), notAsked(W_), notAsked(b_)});
        log_.bind("gradients_incorrect", log_.list({LogBuilder::ref(ones)}), site);
        log_.exitTape(pass.tape, log_.site(22, "with tf.GradientTape() as tape:"));

        ApplyBegan facts{{}, optimizer_, {1, 2}, {{ones, W_}}, {}, {b_}, {}, {}};
        facts.site = log_.site(28, "optimizer.apply_gradients(zip(gradients_incorrect, [W, b]))");
        facts.zipSite = log_.site(28, "zip(gradients_incorrect, [W, b])");
        const auto apply = log_.beginApply(std::move(facts));
        log_.applyPair(apply, 0, rate, trueGradientOfW());
        log_.endApply(apply);
    }

    SourceAnswer notAsked(VariableId variable) const {
        SourceAnswer answer;
        answer.source = log_.handle(variable);
        answer.asked = false;
        answer.state = GradientState::NotAsked;
        return answer;
    }

    void show(std::uint32_t line, const std::string& name, VariableId variable) {
        const std::uint32_t version = variable == W_ ? 2 : 1;
        log_.add(ValueLeft{log_.handle(variable), version, "numpy", log_.site(line, name + ".numpy()")});
        log_.add(Printed{false, name + ": " + text(log_.value(variable)) + "\n",
                         log_.site(line, "print(\"" + name + ":\", " + name + ".numpy())")});
    }

    static Tensor trueGradientOfW() { return tensor({2, 2}, {4, 4, 6, 6}); }

    static constexpr const char* madeW = "tf.Variable(tf.random.normal((2, 2)), name=\"weight\")";
    static constexpr const char* madeB = "tf.Variable(tf.zeros((2,)), name=\"bias\")";
    static constexpr const char* madeX = "tf.constant([[1.0, 2.0], [3.0, 4.0]])";
    static constexpr const char* madeSgd = "tf.keras.optimizers.SGD(learning_rate=0.01)";
    static constexpr const char* askRightly = "tape.gradient(loss, [W, b])";
    static constexpr const char* askWrongly = "tape.gradient(loss_incorrect, [y_pred_incorrect])";

    LogBuilder log_{script, "wrong-source.py"};
    VariableId W_, b_;
    TensorId X_;
    OptimizerId optimizer_;
};

}  // namespace

std::string wrongSourceScript() {
    return script;
}
std::vector<Event> wrongSourceTrace() {
    return WrongSource().tell();
}

}  // namespace tapescope::testing
