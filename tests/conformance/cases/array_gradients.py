# SPDX-License-Identifier: Apache-2.0
# The way back through what arranges, cuts, joins, gathers and scatters. Each line is a case.


def weighted(function, *values):
    """Gradients of the sum of all results, in which each element has its own weight."""
    values = [tf.constant(value) for value in values]
    with tf.GradientTape() as tape:
        tape.watch(values)
        results = function(*values)
        total = 0.0
        for result in results if isinstance(results, (list, tuple)) else [results]:
            weights = tf.reshape(tf.range(1, 1 + int(tf.size(result)), dtype=tf.float32), tf.shape(result))
            total = total + tf.reduce_sum(weights * tf.cast(result, tf.float32))
    return tape.gradient(total, values)


def twice(function, value):
    """A derivative of the squared gradient of a sum of cubes."""
    x = tf.constant(value)
    with tf.GradientTape() as outer:
        outer.watch(x)
        with tf.GradientTape() as tape:
            tape.watch(x)
            y = tf.reduce_sum(function(x) ** 3)
        g = tf.convert_to_tensor(tape.gradient(y, x))
        total = tf.reduce_sum(g * g)
    return outer.gradient(total, x)


LINES = r"""
weighted(lambda a:tf.repeat(a,[1,2],axis=0),[[1.,2.],[3.,4.]])
weighted(lambda a:tf.repeat(a,3),[[1.,2.],[3.,4.]])
weighted(lambda a:tf.linspace(a[0],a[1],5),[1.,2.])
weighted(lambda a:tf.meshgrid(a,a),[1.,2.])
weighted(lambda a:tf.where(a>2,a,2*a),[[1.,2.],[3.,4.]])
weighted(lambda a:tf.boolean_mask(a,[[True,False],[True,True]]),[[1.,2.],[3.,4.]])
weighted(lambda a:tf.unstack(a,axis=1),[[1.,2.],[3.,4.]])
weighted(lambda a:tf.split(a,[1,1],1),[[1.,2.],[3.,4.]])
weighted(lambda a:tf.concat([a,a*2],-1),[[1.,2.],[3.,4.]])
weighted(lambda a:tf.stack([a,a*2],axis=1),[[1.,2.],[3.,4.]])
weighted(lambda a:tf.pad(a,[[1,0],[0,2]]),[[1.,2.],[3.,4.]])
weighted(lambda a:tf.pad(a,[[1,0],[0,1]],'REFLECT'),[[1.,2.],[3.,4.]])
weighted(lambda a:tf.tile(a,[2,2]),[[1.,2.],[3.,4.]])
weighted(lambda a:tf.roll(a,1,0),[[1.,2.],[3.,4.]])
weighted(lambda a:tf.reverse(a,[1]),[[1.,2.],[3.,4.]])
weighted(lambda a:tf.gather(a,[1,0,1],axis=1),[[1.,2.],[3.,4.]])
weighted(lambda a:tf.gather_nd(a,[[0,1],[0,1]]),[[1.,2.],[3.,4.]])
weighted(lambda a:tf.scatter_nd([[1],[1]],a,[3,2]),[[1.,2.],[3.,4.]])
weighted(lambda a,b:tf.tensor_scatter_nd_update(a,[[1]],b),[[1.,2.],[3.,4.]],[[5.,6.]])
weighted(lambda a,b:tf.tensor_scatter_nd_max(a,[[1]],b),[[1.,2.],[3.,4.]],[[5.,4.]])
weighted(lambda a:tf.dynamic_partition(a,[0,1],2),[[1.,2.],[3.,4.]])
weighted(lambda a:tf.dynamic_stitch([[1],[0]],[a[:1],a[1:]]),[[1.,2.],[3.,4.]])
weighted(lambda a:tf.one_hot([0,1],2,on_value=a,off_value=0.),3.)
weighted(lambda a:tf.fill([2,2],a),3.)
weighted(lambda a:tf.broadcast_to(a,[3,2]),[1.,2.])
weighted(lambda a:tf.transpose(a),[[1.,2.],[3.,4.]])
weighted(lambda a:tf.squeeze(tf.expand_dims(a,1)),[[1.,2.],[3.,4.]])
weighted(lambda a:tf.slice(a,[0,1],[2,1]),[[1.,2.],[3.,4.]])
weighted(lambda a:tf.strided_slice(a,[0,1],[2,2]),[[1.,2.],[3.,4.]])
weighted(lambda a:tf.identity_n([a,a]),[[1.,2.],[3.,4.]])
weighted(lambda a:tf.reverse_sequence(a,[1,2],seq_axis=1),[[1.,2.],[3.,4.]])
weighted(lambda a:tf.range(a),3.)
weighted(lambda a:tf.zeros_like(a),[1.])
weighted(lambda a:tf.searchsorted([1.,2.],a),[1.5])
twice(lambda a:tf.gather(a,[0,0]),[1.,2.])
twice(lambda a:tf.gather(a,[0,0],axis=0)*a,[1.,2.])
twice(lambda a:tf.pad(a,[[1,1]],'SYMMETRIC'),[1.,2.])
twice(lambda a:tf.tensor_scatter_nd_add(a,[[0]],[2.]),[1.,2.])
twice(lambda a:tf.concat([a,a],0),[1.,2.])
twice(lambda a:tf.stack(tf.unstack(a)),[1.,2.])
weighted(lambda a:a[:,tf.newaxis,::2],[[1.,2.,3.],[3.,4.,5.]])
"""
for line in LINES.strip().splitlines():
    @case(line)
    def expression(line=line):
        return eval(line)
