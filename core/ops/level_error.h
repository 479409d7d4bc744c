// SPDX-License-Identifier: Apache-2.0
// Error functions and quantiles of the normal distribution as TensorFlow's Eigen computes them
// (SpecialFunctionsImpl.h). Single numbers go through the same steps, with the C library's exponentials and logarithms.
#pragma once

#include "core/ops/level_functions.h"

namespace tapescope::kernel::TS_LEVEL {

/// x·y − xy, exactly, after Dekker.
template <class V>
inline void halves(const V& x, V& high, V& low) {
    const V shifted = all<V>(static_cast<double>((std::uint64_t{1} << ((mantissa<V> + 2) / 2)) + 1)) * x;
    high = (x - shifted) + shifted;
    low = x - high;
}
template <class V>
inline V lostOf(const V& x, const V& y, const V& product) {
    V xHigh, xLow, yHigh, yLow;
    halves(x, xHigh, xLow);
    halves(y, yHigh, yLow);
    V lost = xHigh * yHigh + -product;
    lost = xHigh * yLow + lost;
    lost = xLow * yHigh + lost;
    return xLow * yLow + lost;
}

/// e^(−x²) times a rational function of 1/x², for |x| > 1.
template <class V, std::size_t N, std::size_t M>
inline V farErfc(const V& x, const V& square, const Number<V> (&above)[N], const Number<V> (&under)[M]) {
    const V low = lostOf(x, x, square);
    const V power = expOf<V>(-square);
    const V z = power - power * low;
    const V q = inverse(square);
    const V ratio = polynomial(q, above) / (x * polynomial(q, under));
    return z * ratio + select<V>(x < V{}, all<V>(2), V{});
}
template <class V>
inline V largeErfc(const V& x, const V& square) {
    if constexpr (single<V>) {
        constexpr float above[] = {1.0208116471767425537109375e-01F, 4.2920666933059692382812500e-01F,
                                   3.2379078865051269531250000e-01F, 5.3971976041793823242187500e-02F};
        constexpr float under[] = {1.7251677811145782470703125e-02F, 3.9137163758277893066406250e-01F, 1.0F,
                                   6.2173241376876831054687500e-01F, 9.5662862062454223632812500e-02F};
        return farErfc(x, square, above, under);
    } else {
        constexpr double above[] = {1.5252844933226974316088642158462107545346952974796295166015625e-04,
                                    1.0909912393738931124520519233556115068495273590087890625000000e-02,
                                    1.0628604636755033252537572252549580298364162445068359375000000e-01,
                                    3.3492472973137982217295416376146022230386734008789062500000000e-01,
                                    4.5065776215933289750026347064704168587923049926757812500000000e-01,
                                    2.9433039130294824659017649537418037652969360351562500000000000e-01,
                                    9.8792676360600226170838311645638896152377128601074218750000000e-02,
                                    1.7095935395503719655962981960328761488199234008789062500000000e-02,
                                    1.4249109729504577659398023570247460156679153442382812500000000e-03,
                                    4.4567378313647954771875570045835956989321857690811157226562500e-05};
        constexpr double under[] = {2.041985103115789845773520028160419315099716186523437500000000e-03,
                                    5.316030659946043707142493417450168635696172714233398437500000e-02,
                                    3.426242193784684864077405563875799998641014099121093750000000e-01,
                                    8.565637124308049799026321124983951449394226074218750000000000e-01,
                                    1.000000000000000000000000000000000000000000000000000000000000e+00,
                                    5.968805280570776972126623149961233139038085937500000000000000e-01,
                                    1.890922854723317836356244470152887515723705291748046875000000e-01,
                                    3.152505418656005586885981983868987299501895904541015625000000e-02,
                                    2.565085751861882583380047861965067568235099315643310546875000e-03,
                                    7.899362131678837697403017248376499992446042597293853759765625e-05};
        return farErfc(x, square, above, under);
    }
}
/// erf x / x of doubles, for |x| ≤ 1.
template <class V>
inline V erfOverX(const V& square) {
    constexpr double above[] = {1.9493725660006057018823477644531294572516344487667083740234375e-04,
                                1.8272566210022942682217328425053892715368419885635375976562500e-03,
                                4.5303363351690106863856044583371840417385101318359375000000000e-02,
                                1.4215015503619179981775744181504705920815467834472656250000000e-01,
                                1.1283791670955125585606992899556644260883331298828125000000000e+00};
    constexpr double under[] = {2.0294484101083099089526257108317963684383176748037338256835938e-05,
                                6.8117805899186819641732970609382391558028757572174072265625000e-04,
                                1.0582026056098614921752165685120417037978768348693847656250000e-02,
                                9.3252603143757495374188692949246615171432495117187500000000000e-02,
                                4.5931062818368939559832142549566924571990966796875000000000000e-01,
                                1.0};
    return polynomial(square, above) / polynomial(square, under);
}

template <class V>
inline V erfcOf(const V& raw) {
    const V bound = all<V>(single<V> ? 11 : 28);
    const V x = least<V>(largest<V>(raw, -bound), bound), square = x * x;
    V small;
    if constexpr (single<V>) {
        constexpr float factors[] = {5.61802298761904239654541015625e-04F, -4.91381669417023658752441406250e-03F,
                                     2.67075151205062866210937500000e-02F, -1.12800106406211853027343750000e-01F,
                                     3.76122951507568359375000000000e-01F, -1.12837910652160644531250000000e+00F};
        small = x * polynomial(square, factors) + all<V>(1);
    } else {
        small = all<V>(1) - x * erfOverX(square);
    }
    const Mask<V> far = square > all<V>(1);
    return any<V>(far) ? select<V>(far, largeErfc(x, square), small) : small;
}

template <class V>
inline V erfOf(const V& x) {
    if constexpr (single<V>) {
        constexpr float above[] = {
            2.123732201653183437883853912353515625e-06F, 2.861979592125862836837768554687500000e-04F,
            3.658048342913389205932617187500000000e-03F, 5.243302136659622192382812500000000000e-02F,
            1.874160766601562500000000000000000000e-01F, 1.128379106521606445312500000000000000e+00F};
        constexpr float under[] = {3.89185734093189239501953125000e-05F, 1.14329601638019084930419921875e-03F,
                                   1.47520881146192550659179687500e-02F, 1.12945675849914550781250000000e-01F,
                                   4.99425798654556274414062500000e-01F, 1.0F};
        const V square = least<V>(all<V>(16), x * x), one = all<V>(1);
        const V ratio = x * polynomial(square, above) / polynomial(square, under);
        return largest<V>(least<V>(ratio, one), -one);
    } else {
        const V square = x * x;
        const V small = x * erfOverX(square);
        const Mask<V> far = square > all<V>(1);
        return any<V>(far) ? select<V>(far, all<V>(1) - largeErfc(x, square), small) : small;
    }
}

/// The quantile of p ≤ e⁻² by 1/√(−2 log p), after Cephes.
template <class V>
inline V tailQuantile(const V& p) {
    constexpr double above1[] = {4.05544892305962419923e0,   3.15251094599893866154e1,   5.71628192246421288162e1,
                                 4.40805073893200834700e1,   1.46849561928858024014e1,   2.18663306850790267539e0,
                                 -1.40256079171354495875e-1, -3.50424626827848203418e-2, -8.57456785154685413611e-4};
    constexpr double under1[] = {1.0,
                                 1.57799883256466749731e1,
                                 4.53907635128879210584e1,
                                 4.13172038254672030440e1,
                                 1.50425385692907503408e1,
                                 2.50464946208309415979e0,
                                 -1.42182922854787788574e-1,
                                 -3.80806407691578277194e-2,
                                 -9.33259480895457427372e-4};
    constexpr double above2[] = {3.23774891776946035970e0,  6.91522889068984211695e0,  3.93881025292474443415e0,
                                 1.33303460815807542389e0,  2.01485389549179081538e-1, 1.23716634817820021358e-2,
                                 3.01581553508235416007e-4, 2.65806974686737550832e-6, 6.23974539184993293730e-9};
    constexpr double under2[] = {1.0,
                                 6.02427039364742014255e0,
                                 3.67983563856160859403e0,
                                 1.37702099489081330271e0,
                                 2.16236993594496635890e-1,
                                 1.34204006088543189037e-2,
                                 3.28014464682127739104e-4,
                                 2.89247864745380683936e-6,
                                 6.79019408009981274425e-9};
    const V x = root<V>(all<V>(-2) * logOf(p));
    const V z = inverse(x);
    const V near = polynomial(z, above1) / polynomial(z, under1), far = polynomial(z, above2) / polynomial(z, under2);
    return (x - logOf(x) / x) - z * select<V>(x < all<V>(8), near, far);
}
template <class V>
inline V quantileOf(const V& p) {
    constexpr double above[] = {-5.99633501014107895267e1, 9.80010754185999661536e1, -5.66762857469070293439e1,
                                1.39312609387279679503e1, -1.23916583867381258016e0};
    constexpr double under[] = {1.0,
                                1.95448858338141759834e0,
                                4.67627912898881538453e0,
                                8.63602421390890590575e1,
                                -2.25462687854119370527e2,
                                2.00260212380060660359e2,
                                -8.20372256168333339912e1,
                                1.59056225126211695515e1,
                                -1.18331621121330003142e0};
    const V one = all<V>(1), edge = all<V>(0.13533528323661269189);
    const Mask<V> low = p <= one - edge;
    const V share = select<V>(low, p, one - p);
    const V c = share - all<V>(0.5), square = c * c;
    const V middle =
        (c * (square * (polynomial(square, above) / polynomial(square, under))) + c) * all<V>(2.50662827463100050242e0);
    const V tail = tailQuantile(share);
    const V y = select<V>(share > edge, middle, select<V>(low, -tail, tail));
    return select<V>(p == V{}, -infinity<V>(), select<V>(p == one, infinity<V>(), y));
}
/// Doubles are taken one by one.
template <class V>
inline V ndtriOf(const V& p) {
    if constexpr (single<V>) {
        return quantileOf(p);
    } else {
        return each(p, [](double one) { return quantileOf(one); });
    }
}

}  // namespace tapescope::kernel::TS_LEVEL
