# SPDX-License-Identifier: Apache-2.0
# tf.image as far as it is arithmetic. Each line is a case.


def made():
    image = tf.reshape(tf.range(24, dtype=tf.float32) / 24, [2, 4, 3])
    return {"im": image, "u8": tf.cast(tf.reshape(tf.range(24), [2, 4, 3]) * 10, tf.uint8), "b4": image[None]}


LINES = r"""
tf.image.flip_left_right(im)
tf.image.flip_up_down(im)
tf.image.flip_left_right(b4)
tf.image.flip_left_right([1.,2.])
tf.image.transpose(im)
tf.image.rot90(im)
tf.image.adjust_brightness(im,0.1)
tf.image.adjust_brightness(u8,0.1)
tf.image.adjust_contrast(im,2.)
tf.image.adjust_contrast(b4,0.5)
tf.image.adjust_contrast(u8,2.)
tf.image.rgb_to_grayscale(im)
tf.image.rgb_to_grayscale(u8)
tf.image.rgb_to_grayscale(b4)
tf.image.grayscale_to_rgb(im[...,:1])
tf.image.resize(im,[4,2])
tf.image.resize(im,[3,5])
tf.image.resize(im,[3,5],method='nearest')
tf.image.resize(b4,(1,2),method=tf.image.ResizeMethod.NEAREST_NEIGHBOR)
tf.image.resize(u8,[3,5])
tf.image.resize(u8,[3,5],method='nearest')
tf.image.resize(im,[3])
tf.image.resize(im,[2,4])
tf.image.resize(im,[3,5],method='foo')
tf.image.resize([1.,2.],[3,5])
tf.image.total_variation(im)
tf.image.total_variation(b4)
tf.image.ssim(tf.tile(im,[6,3,1]),tf.tile(im,[6,3,1])*0.9+0.02,1.0)
tf.image.ssim(tf.tile(b4,[2,6,3,1]),tf.tile(im,[6,3,1])**2,1.0,filter_size=7,filter_sigma=1.0,k1=0.02,k2=0.04)
tf.image.ssim(tf.tile(u8,[6,3,1]),tf.tile(u8,[6,3,1])//2,255,return_index_map=True)
tf.image.ssim(im,im,1.0)
tf.image.ssim(im,tf.cast(im,tf.float64),1.0)
tf.image.ssim_multiscale(im,im,1.0,power_factors=())
tf.image.ssim(im,im[:1],1.0)
tf.image.ssim(im[0],im,1.0)
tf.image.ssim(tf.zeros([2,12,12,1]),tf.zeros([3,12,12,1]),1.0)
tf.image.ssim_multiscale(tf.tile(im,[23,11,1]),tf.tile(im,[23,11,1])**1.5,8.0,filter_size=5,power_factors=(0.5,0.3,0.2))
tf.image.ssim_multiscale(tf.tile(im,[6,3,1]),tf.tile(im,[6,3,1]),1.0)
tf.image.central_crop(im,0.5)
tf.image.central_crop(b4,0.5)
tf.image.central_crop(im,1.5)
tf.image.central_crop(im,1.0)
tf.image.convert_image_dtype(u8,tf.float32)
tf.image.convert_image_dtype(im,tf.uint8)
tf.image.convert_image_dtype(im,tf.float64)
tf.image.convert_image_dtype(u8,tf.int32)
tf.image.convert_image_dtype(im,tf.uint8,saturate=True)
tf.image.per_image_standardization(im)
tf.image.pad_to_bounding_box(im,1,2,4,7)
tf.image.crop_to_bounding_box(im,0,1,2,2)
tf.image.ResizeMethod.BILINEAR
tf.image.convert_image_dtype(tf.constant([100,-3],tf.int32),tf.uint8,saturate=True)
tf.image.resize(im,[2,2],method="no")
tf.image.resize(u8,[2,3],method="bicubic")
tf.image.resize(im,[7,9],preserve_aspect_ratio=True)
tf.image.resize(im,[2,9],"nearest",preserve_aspect_ratio=True)
tf.image.rgb_to_hsv(im)
tf.image.rgb_to_hsv(tf.cast(im,tf.float64))
tf.image.rgb_to_hsv(im[...,:2])
tf.image.hsv_to_rgb(im)
tf.image.hsv_to_rgb(tf.image.rgb_to_hsv(b4))
tf.image.rgb_to_hsv([[[0.,0.,0.],[1.,1.,1.],[1.,0.5,0.]]])
tf.image.adjust_hue(im,0.3)
tf.image.adjust_hue(u8,-0.4)
tf.image.adjust_hue(im,2.)
tf.image.adjust_saturation(im,2.)
tf.image.adjust_saturation(u8,0.5)
tf.image.adjust_gamma(im,2.)
tf.image.adjust_gamma(u8,0.5,2)
tf.image.adjust_gamma(im,-1.)
tf.image.random_brightness(im,0.2,seed=3)
tf.image.random_brightness(im,-0.2)
tf.image.stateless_random_brightness(im,0.2,[1,2])
tf.image.stateless_random_contrast(im,0.2,0.5,[1,2])
tf.image.random_contrast(im,0.5,0.2)
tf.image.stateless_random_saturation(im,0.2,0.5,[1,2])
tf.image.stateless_random_hue(im,0.2,[1,2])
tf.image.random_hue(im,0.7)
tf.image.random_flip_left_right(im,seed=1)
tf.image.random_flip_up_down(b4,seed=2)
tf.image.stateless_random_flip_left_right(im,[1,2])
tf.image.stateless_random_flip_left_right(im,[3,2])
tf.image.stateless_random_flip_up_down(b4,[5,2])
tf.image.random_crop(im,[1,2,3],seed=4)
tf.image.stateless_random_crop(im,[2,2,2],[1,2])
tf.image.resize_with_crop_or_pad(im,4,2)
tf.image.resize_with_crop_or_pad(b4,1,7)
tf.image.resize_with_crop_or_pad(im,0,7)
tf.image.resize_with_pad(im,4,4)
tf.image.resize_with_pad(b4,3,9)
tf.image.image_gradients(b4)
tf.image.image_gradients(im)
tf.image.sobel_edges(b4)
tf.image.rgb_to_yuv(im)
tf.image.yuv_to_rgb(im)
tf.image.rgb_to_yiq(im)
tf.image.yiq_to_rgb(im)
tf.image.psnr(im,im*0.5,1.0)
tf.image.psnr(b4,b4*0.5,1.0)
""" + "\n".join(
    f"tf.image.resize(im,{size},{method!r},antialias={antialias})"
    for method in ("bilinear", "bicubic", "area", "nearest", "lanczos3", "lanczos5", "gaussian", "mitchellcubic")
    for antialias in (False, True) for size in ("[2,2]", "[5,7]", "[3,4]", "[1,9]"))
for line in LINES.strip().splitlines():
    @case(line)
    def expression(line=line):
        return eval(line, {**globals(), **made()})

DIFFERENTIATED = {
    "resize_bilinear": lambda x: tf.image.resize(x, [3, 5]),
    "resize_small": lambda x: tf.image.resize(x, [2, 2], "bicubic", antialias=True),
    "resize_bicubic": lambda x: tf.image.resize(x, [5, 3], "bicubic"), "resize_nearest": lambda x: tf.image.resize(x, [3, 5], method="nearest"),
    "contrast": lambda x: tf.image.adjust_contrast(x, 2.0), "brightness": lambda x: tf.image.adjust_brightness(x, 0.1),
    "hue": lambda x: tf.image.adjust_hue(x, 0.1), "gamma": lambda x: tf.image.adjust_gamma(x + 0.5, 2.0),
    "edges": lambda x: tf.image.sobel_edges(x[None]), "yuv": tf.image.rgb_to_yuv,
    "flip": tf.image.flip_left_right, "gray": tf.image.rgb_to_grayscale, "variation": tf.image.total_variation,
}
for name, function in DIFFERENTIATED.items():
    @case(f"gradient_{name}")
    def gradient(function=function):
        x = made()["im"]
        with tf.GradientTape() as tape:
            tape.watch(x)
            y = function(x)
            total = tf.reduce_sum(y * tf.reshape(tf.cast(tf.range(tf.size(y)), tf.float32), tf.shape(y)))
        return tape.gradient(total, x)
