# SPDX-License-Identifier: Apache-2.0
# Eigenvalues of any matrix, square roots, linear operators, complex systems; and initializers of TensorFlow's own. Each line is a case.


def made():
    a = tf.constant([[4.0, 1.0, 0.0], [1.0, 3.0, 1.0], [0.0, 1.0, 2.0]])
    c = tf.complex([[2.0, 1.0], [0.5, 3.0]], [[1.0, 0.0], [-1.0, 0.5]])
    return {"a": a, "b": tf.constant([[1.0, 2.0], [3.0, 4.0]]), "v": tf.constant([1.0, 2.0, 3.0]), "c": c, "L": tf.linalg,
            "w": tf.constant([[1.0, 2.0], [0.5, -1.0], [3.0, 0.0]])}


LINES = r"""
L.eigvals(b)
L.eigvals(a)
L.eigvals(tf.constant([[0.,1.],[-1.,0.]]))
L.eigvals(tf.constant([[[0.,1.],[-1.,0.]],[[2.,0.],[1.,3.]]],tf.float64))
L.eigvals(c)
L.eig(tf.constant([[2.,0.],[0.,3.]]))
tf.abs(L.eig(b)[1])
tf.matmul(tf.cast(b,tf.complex64),L.eig(b)[1])-L.eig(b)[1]*L.eig(b)[0]
tf.eig(a)[0]
tf.eigvals(a)
L.eig([[1.,2.],[3.,4.]])
L.eig(w)
L.eigvals(v)
L.sqrtm(a)
L.sqrtm(tf.cast(a,tf.float64))
L.sqrtm(tf.stack([a,a+tf.eye(3)]))
L.sqrtm(c)
L.sqrtm(w)
tf.matrix_square_root(a)
L.inv(c)
L.inv(c,adjoint=True)
L.solve(c,c)
L.solve(c,c,adjoint=True)
L.LinearOperatorFullMatrix(a).matmul(w)
L.LinearOperatorFullMatrix(a).matvec(v)
L.LinearOperatorFullMatrix(a).solve(w)
L.LinearOperatorFullMatrix(a).solvevec(v)
L.LinearOperatorFullMatrix(a).determinant()
L.LinearOperatorFullMatrix(a).log_abs_determinant()
L.LinearOperatorFullMatrix(a).trace()
L.LinearOperatorFullMatrix(a).shape
L.LinearOperatorDiag(v).to_dense()
L.LinearOperatorDiag(v).matmul(w)
L.LinearOperatorDiag(v).solve(w)
L.LinearOperatorDiag(v).solvevec(v)
L.LinearOperatorDiag(v).determinant()
L.LinearOperatorDiag(v).diag_part()
L.LinearOperatorDiag(v).inverse().to_dense()
L.LinearOperatorIdentity(3).to_dense()
L.LinearOperatorIdentity(3).matmul(w)
L.LinearOperatorIdentity(2,batch_shape=[2]).to_dense()
L.LinearOperatorScaledIdentity(3,2.).to_dense()
L.LinearOperatorScaledIdentity(3,2.).determinant()
L.LinearOperatorLowerTriangular(a).to_dense()
L.LinearOperatorLowerTriangular(a).solve(w)
L.LinearOperatorLowerTriangular(a).determinant()
L.LinearOperatorZeros(3).to_dense()
tf.zeros_initializer()([2])
tf.ones_initializer()([2,1],tf.int32)
tf.constant_initializer(3)([2])
tf.constant_initializer([1.,2.])([2])
tf.constant_initializer([1.,2.,3.])([2])
tf.constant_initializer(v)
tf.random_normal_initializer(1.,2.,seed=1)([2,3])
tf.random_normal_initializer(seed=1)([2],tf.int32)
tf.random_uniform_initializer(-1.,1.,seed=2)([2])
tf.random_uniform_initializer(1,9,seed=2)([3],tf.int32)
tf.random_normal_initializer(1.,2.,seed=1).get_config()
tf.zeros_initializer()([2],tf.string)
tf.compat.as_str(b'a')
tf.compat.as_bytes('a')
tf.compat.as_text('a')
tf.AggregationMethod.EXPERIMENTAL_ACCUMULATE_N
L.LinearOperatorDiag([1+2j, 3-1j]).matmul(L.LinearOperatorDiag([1j, 2+1j]), adjoint=True).to_dense()
L.LinearOperatorDiag([1+2j, 3-1j]).matmul(L.LinearOperatorDiag([1j, 2+1j]), adjoint_arg=True).to_dense()
tf.sparse.segment_sqrt_n(w, [0, 1, 2], [0, 0, 2])
"""
for line in LINES.strip().splitlines():
    @case(line)
    def expression(line=line):
        return eval(line, {**globals(), **made()})

for name, function in {
    "eigvals": lambda a: tf.math.real(tf.linalg.eigvals(a)), "eig": lambda a: tf.abs(tf.linalg.eig(a)[1]), "sqrtm": tf.linalg.sqrtm,
    "eig_values": lambda a: tf.math.real(tf.linalg.eig(a)[0]), "operator": lambda a: tf.linalg.LinearOperatorFullMatrix(a).solve(a[:, :1]),
}.items():
    @case(f"gradient_{name}")
    def gradient(function=function):
        x = tf.Variable([[2.0, 1.0, 0.0], [1.0, 3.0, 0.5], [0.25, 0.0, 1.0]])
        with tf.GradientTape() as tape:
            y = function(x)
            y = tf.reduce_sum(y * tf.reshape(tf.cast(tf.range(tf.size(y)), y.dtype), tf.shape(y)))
        return y, tape.gradient(y, x)
