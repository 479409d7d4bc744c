# SPDX-License-Identifier: Apache-2.0
# recorded with: tensorboard 2.20.0
"""tf.summary and tf.profiler: what is answered where nothing is written. Each line of LINES is a case."""
S, P = tf.summary, tf.profiler.experimental


def within(look, step=None):
    writer = S.create_file_writer("logs")
    with writer.as_default(step) as given:
        return given is writer, look(writer)


def outside(look):
    S.create_file_writer("logs").close()
    return look()


def closed():
    writer = S.create_file_writer("logs")
    before = writer.init(), writer.flush(), S.flush(), writer.close()
    try:
        writer.as_default()
    except RuntimeError as problem:
        return before, str(problem).rpartition("object at")[0], str(problem).rpartition(" ")[2]


def conditioned(condition):
    with S.record_if(condition):
        return S.should_record_summaries(), S.scalar("a", 1.0, step=1)


def counted():
    S.experimental.set_step(5)
    found = S.scalar("a", 1.0), S.experimental.get_step()
    S.experimental.set_step(None)
    return found


def traced():
    S.trace_on(graph=True)
    first = S.trace_export("one", step=0)
    S.trace_off()
    return first, S.trace_export("two", step=0)


def measured():
    P.start("logs")
    try:
        P.start("logs")
    finally:
        P.stop(save=False)


def trained(steps):
    v, writer = tf.Variable(2.0), S.create_file_writer("logs")
    optimizer = tf.keras.optimizers.SGD(0.1)
    with writer.as_default(), P.Trace("train", step_num=1, _r=1):
        for step in range(steps):
            with tf.GradientTape() as tape:
                loss = v * v
            optimizer.apply_gradients([(tape.gradient(loss, v), v)])
            S.scalar("loss", loss, step=optimizer.iterations)
    return v


LINES = """
S.should_record_summaries()
S.scalar('a',1.0,step=1)
S.scalar('a',1.0)
within(lambda w: S.should_record_summaries())
within(lambda w: S.scalar('a',1.0,step=1))
within(lambda w: S.scalar('a',tf.constant(1.0),step=tf.constant(1,tf.int64)))
within(lambda w: S.scalar('a',1.0))
within(lambda w: S.scalar('a',1.0),3)
within(lambda w: S.experimental.get_step(),9)
within(lambda w: S.scalar('a',[1.0,2.0],step=1))
within(lambda w: S.histogram('h',[1.0,2.0],step=1))
within(lambda w: S.image('i',tf.zeros([1,2,2,3]),step=0))
within(lambda w: S.image('i',tf.zeros([2,2,3]),step=0))
within(lambda w: S.text('t','hello',step=0))
within(lambda w: S.audio('t',tf.zeros([1,10,1]),8000,step=0))
within(lambda w: S.write('t',tf.zeros([1]),step=0))
within(lambda w: S.graph(None))
within(lambda w: conditioned(False))
within(lambda w: conditioned(True))
within(lambda w: conditioned(lambda: True))
within(lambda w: counted())
within(lambda w: traced())
outside(lambda: S.experimental.get_step())
closed()
trained(3)
P.stop()
measured()
P.ProfilerOptions(), P.ProfilerOptions(host_tracer_level=3,python_tracer_level=1)
"""
for line in LINES.strip().splitlines():
    @case(line)
    def expression(line=line):
        return eval(line, globals())
