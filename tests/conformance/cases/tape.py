# SPDX-License-Identifier: Apache-2.0
# The tape as a state machine: entering, leaving, watching, pausing, resetting, asking.


def square_on(tape, source):
    with tape:
        result = source * source
    return result


@case
def square():
    v = tf.Variable(3.0)
    with tf.GradientTape() as tape:
        y = v * v
    return tape.gradient(y, v)


@case
def second_question_to_a_plain_tape():
    v, tape = tf.Variable(3.0), tf.GradientTape()
    y = square_on(tape, v)
    return [tape.gradient(y, v), tape.gradient(y, v)]


@case
def many_questions_to_a_persistent_tape():
    v, tape = tf.Variable(3.0), tf.GradientTape(persistent=True)
    y = square_on(tape, v)
    return [tape.gradient(y, v), tape.gradient(y, v), tape.gradient(y, [v])]


@case
def never_entered():
    v = tf.Variable(3.0)
    return tf.GradientTape().gradient(v * v, v)


@case
def never_entered_persistent():
    v = tf.Variable(3.0)
    return tf.GradientTape(persistent=True).gradient(v * v, v)


@case
def watch_before_entering():
    tf.GradientTape().watch(tf.constant(1.0))


@case
def watch_after_the_answer():
    v, tape = tf.Variable(3.0), tf.GradientTape()
    y = square_on(tape, v)
    tape.gradient(y, v)
    tape.watch(v)


@case
def watch_outside_the_block_and_enter_again():
    x, tape = tf.constant(2.0), tf.GradientTape(persistent=True)
    with tape:
        pass
    tape.watch(x)
    y = square_on(tape, x)
    return tape.gradient(y, x)


@case
def watch_outside_while_another_tape_records():
    x, tape = tf.constant(2.0), tf.GradientTape(persistent=True)
    with tape:
        pass
    with tf.GradientTape():
        tape.watch(x)
    y = square_on(tape, x)
    return tape.gradient(y, x)


@case
def entering_again_goes_on():
    v, tape = tf.Variable(3.0), tf.GradientTape()
    with tape:
        a = v * v
    b = a * 2.0
    with tape:
        c = a * v
    return [tape.gradient([c, b], v), v]


@case
def entering_again_after_the_answer_starts_empty():
    v, tape = tf.Variable(3.0), tf.GradientTape()
    with tape:
        a = v * v
    first = tape.gradient(a, v)
    with tape:
        b = a * v
    return [first, tape.gradient(b, v)]


@case
def entering_while_active():
    tape = tf.GradientTape()
    with tape:
        with tape:
            pass


@case
def leaving_by_an_exception_keeps_the_recording():
    v, tape = tf.Variable(3.0), tf.GradientTape()
    try:
        with tape:
            y = v * v
            raise KeyError("out")
    except KeyError as error:
        return [error, tape.gradient(y, v)]


@case
def watch_lists_dicts_and_variables():
    x, y, z = tf.constant(1.0), tf.constant(2.0), tf.Variable(3.0, trainable=False)
    with tf.GradientTape() as tape:
        tape.watch([x, {"y": y}, (z,)])
        r = x * y * z
    return tape.gradient(r, {"b": [x, y], "a": z})


for name, wrong in {"number": 3.0, "text": "x", "array": np.ones(2, np.float32), "none": None, "list": [1.0, 2.0]}.items():
    @case(f"watch_of_{name}")
    def watch_of_something_else(wrong=wrong):
        with tf.GradientTape() as tape:
            tape.watch(wrong)


@case
def watch_of_integers_is_logged_five_times():
    x = tf.constant([1, 2])
    with tf.GradientTape() as tape:
        for _ in range(7):
            tape.watch(x)
        y = x * x
    return tape.gradient(y, x)


for dtype in (tf.int8, tf.uint8, tf.int64, tf.bool, tf.float16, tf.bfloat16, tf.complex64, tf.string):
    @case(f"watch_of_{dtype.name}")
    def watch_of_a_dtype(dtype=dtype):
        x = tf.constant("a") if dtype == tf.string else tf.cast([1, 0], dtype)
        with tf.GradientTape() as tape:
            tape.watch(x)
            y = tf.identity(x)
        return tape.gradient(y, x)


@case
def watch_after_use():
    x = tf.constant(2.0)
    with tf.GradientTape() as tape:
        y = x * x
        tape.watch(x)
        z = y * x
    return tape.gradient(z, [x, y])


@case
def no_automatic_watching():
    v, w = tf.Variable(2.0), tf.Variable(3.0)
    with tf.GradientTape(watch_accessed_variables=False) as tape:
        tape.watch(w)
        y = v * w
    return [tape.gradient(y, [v, w]), tape.watched_variables()]


@case
def not_trainable_unless_watched():
    v, tape = tf.Variable(2.0, trainable=False), tf.GradientTape(persistent=True)
    y = square_on(tape, v)
    first = tape.gradient(y, v)
    with tape:
        tape.watch(v)
        z = v * v
    return [first, tape.gradient(z, v)]


@case
def watched_variables_in_order_of_construction():
    a, b, c = tf.Variable(1.0, name="a"), tf.Variable(1.0, name="b"), tf.Variable(1.0, name="c")
    with tf.GradientTape() as tape:
        y = c * a
    return [tape.watched_variables(), tape.gradient(y, [a, b, c]), tape.watched_variables()]


@case
def watched_variables_of_a_new_tape():
    return tf.GradientTape().watched_variables()


@case
def watched_variables_after_reset():
    v = tf.Variable(1.0)
    with tf.GradientTape() as tape:
        y = v * 2.0
        tape.reset()
        return tape.watched_variables()


@case
def integer_variables_are_watched_too():
    v = tf.Variable(2)
    with tf.GradientTape() as tape:
        y = tf.cast(v, tf.float32) * 2.0
    return [tape.gradient(y, v), tape.watched_variables()]


@case
def stop_recording_pauses_this_tape_only():
    v = tf.Variable(3.0)
    with tf.GradientTape() as outer, tf.GradientTape() as inner:
        a = v * v
        with inner.stop_recording():
            b = a * v
        c = b * 2.0
    return [outer.gradient(c, v), inner.gradient(c, v)]


@case
def stop_recording_of_a_new_tape():
    with tf.GradientTape().stop_recording():
        pass


@case
def stop_recording_outside_the_block():
    tape = tf.GradientTape()
    with tape:
        pass
    with tape.stop_recording():
        pass


@case
def stop_recording_twice():
    with tf.GradientTape() as tape:
        with tape.stop_recording():
            with tape.stop_recording():
                pass


@case
def asking_while_paused():
    v = tf.Variable(3.0)
    with tf.GradientTape() as tape:
        y = v * v
        with tape.stop_recording():
            g = tape.gradient(y, v)
        return [g, v * g]


@case
def asking_a_persistent_tape_while_paused():
    v = tf.Variable(3.0)
    with tf.GradientTape(persistent=True) as tape:
        y = v * v
        with tape.stop_recording():
            g = tape.gradient(y, v)
        z = g * v
    return [g, tape.gradient(z, v), tape.gradient(g, v)]


@case
def reset_forgets():
    v, x = tf.Variable(3.0), tf.constant(2.0)
    with tf.GradientTape() as tape:
        tape.watch(x)
        y = v * x
        tape.reset()
        z = v * v * x
    return tape.gradient([y, z], [v, x])


@case
def reset_outside():
    tape = tf.GradientTape()
    with tape:
        pass
    tape.reset()


@case
def reset_before_entering():
    tf.GradientTape().reset()


@case
def asking_inside_ends_the_recording():
    v = tf.Variable(2.0)
    with tf.GradientTape() as tape:
        y = v * v
        g = tape.gradient(y, v)
        z = v * 3.0
    return [g, z]


@case
def asking_inside_and_again_after():
    v = tf.Variable(2.0)
    with tf.GradientTape() as tape:
        g = tape.gradient(v * v, v)
        z = v * 3.0
    return [g, tape.gradient(z, v)]


@case
def asking_inside_and_watching_after():
    v = tf.Variable(2.0)
    with tf.GradientTape() as tape:
        tape.gradient(v * v, v)
        tape.watch(v)


@case
def asking_a_persistent_tape_inside_is_logged_once():
    v = tf.Variable(2.0)
    with tf.GradientTape(persistent=True) as tape:
        y = v * v * v
        g = tape.gradient(y, v)
        h = tape.gradient(g, v)
    return [g, h, tape.gradient(h, v)]


@case
def tape_arguments_by_position():
    v, tape = tf.Variable(2.0), tf.GradientTape(True, False)
    y = square_on(tape, v)
    return [tape.gradient(y, v), tape.gradient(y, v)]


@case
def unknown_argument_of_the_tape():
    tf.GradientTape(persist=True)


@case
def deleted_tape():
    v, tape = tf.Variable(2.0), tf.GradientTape(persistent=True)
    y = square_on(tape, v)
    g = tape.gradient(y, v)
    del tape
    return g
