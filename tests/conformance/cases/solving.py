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
L.cholesky(tf.matmul(c,c,adjoint_b=True))
L.cholesky(tf.zeros([0,2,2],tf.complex64))
L.logdet(tf.matmul(c,c,adjoint_b=True))
L.lu(c)
L.lu(tf.stack([c,tf.transpose(c)]))
L.triangular_solve(c,c)
L.triangular_solve(c,c,lower=False)
L.triangular_solve(c,c,adjoint=True)
L.cholesky_solve(L.cholesky(tf.matmul(c,c,adjoint_b=True)),c)
L.lstsq(c,c)
L.lstsq(tf.concat([c,c],0),tf.concat([c,c],0),fast=False)
L.lstsq(tf.zeros([0, 3],tf.float32),tf.zeros([0, 2],tf.float32),fast=False).shape
L.lstsq(tf.zeros([0, 3],tf.complex128),tf.zeros([0, 2],tf.complex128),fast=False).shape
L.lstsq(tf.zeros([3, 0],tf.float32),tf.zeros([3, 2],tf.float32),fast=False).shape
L.lstsq(tf.zeros([3, 0],tf.complex128),tf.zeros([3, 2],tf.complex128),fast=False).shape
L.lstsq(tf.zeros([0, 0],tf.float32),tf.zeros([0, 2],tf.float32),fast=False).shape
L.lstsq(tf.zeros([0, 0],tf.complex128),tf.zeros([0, 2],tf.complex128),fast=False).shape
L.lstsq(tf.zeros([2, 0, 3],tf.float32),tf.zeros([2, 0, 2],tf.float32),fast=False).shape
L.lstsq(tf.cast(c,tf.complex128),tf.cast(c,tf.complex128),l2_regularizer=0.5)
L.lstsq(tf.cast(c,tf.complex128),tf.cast(c,tf.complex128),0.5,fast=False)
L.lstsq(c,c,l2_regularizer=0.5)
L.svd(tf.zeros([0, 3],tf.float32),full_matrices=True)
L.svd(tf.zeros([0, 3],tf.float32),full_matrices=False)
L.svd(tf.zeros([3, 0],tf.float64),full_matrices=True)
L.svd(tf.zeros([3, 0],tf.float64),full_matrices=False)
L.svd(tf.zeros([2, 0, 2],tf.float32),full_matrices=True)
L.svd(tf.zeros([2, 0, 2],tf.float32),full_matrices=False)
L.svd(tf.zeros([0, 2],tf.complex64),full_matrices=True)
L.svd(tf.zeros([0, 2],tf.complex64),full_matrices=False)
L.qr(c)
L.qr(tf.concat([c,2.0*c],0))
L.qr(tf.concat([c,2.0*c],0),full_matrices=True)
L.qr(tf.concat([c,2.0*c],1))
L.qr(tf.cast(b,tf.complex128))
L.svd(c,compute_uv=False)
L.svd(c)[0]
tf.abs(L.svd(c)[1])
tf.matmul(L.svd(c)[1]*tf.cast(L.svd(c)[0],tf.complex64),L.svd(c)[2],adjoint_b=True)
L.eigvalsh(c)
L.eigvalsh(tf.matmul(c,c,adjoint_b=True))
tf.abs(L.eigh(tf.matmul(c,c,adjoint_b=True))[1])
L.expm(c)
L.expm(tf.zeros([0,3,3]))
L.expm(tf.cast(c,tf.complex128)*8.0)
L.expm(tf.cast(b,tf.float16))
L.diag([True,False])
L.diag([[True,False],[True,True]],k=1)
L.diag_part([[True,False],[False,True]])
L.diag_part([[True,False],[False,True]],k=(0,1))
L.trace([[True,False],[False,True]])
L.trace(tf.constant([[True,False]]))
L.diag(['a'])
L.set_diag([[1.,2.],[3.,4.]],3.)
L.set_diag(tf.ones([2,2]),tf.constant(3.))
L.inv(tf.stack([c,2.0*c+1.0]))
L.solve(tf.stack([c,2.0*c+1.0]),tf.stack([c,c]))
L.cholesky(tf.matmul(tf.stack([c,2.0*c]),tf.stack([c,2.0*c]),adjoint_b=True))
L.qr(tf.stack([c,2.0*c+1.0]))
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
