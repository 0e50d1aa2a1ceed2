namespace Receivables.Sdk.Matching;

/// <summary>The exact binomial confidence limits: how high or low a true rate may be, given what was counted.</summary>
/// <remarks>
/// Clopper and Pearson, "The use of confidence or fiducial limits illustrated in the case of the binomial" (1934): the limits are quantiles of beta distributions, found here by halving an interval on the
/// regularised incomplete beta function, which is computed by its continued fraction (Abramowitz and Stegun 26.5.8, by Lentz's method). Right to about ten digits. Pure; safe on any thread.
/// </remarks>
public static class ClopperPearson
{
    /// <summary>The highest true rate that is still compatible with the count: one-sided.</summary>
    /// <param name="found">How many were found, 0 to <paramref name="count"/>.</param>
    /// <param name="count">Among how many, 0 or more.</param>
    /// <param name="confidence">How sure the limit is, above 0 and below 1, such as 0.95.</param>
    /// <returns>0 to 1; 1 where nothing was counted.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of its range.</exception>
    public static double Upper(int found, int count, double confidence)
    {
        Check(found, count, confidence);
        return found == count ? 1.0 : Quantile(confidence, found + 1.0, count - found);
    }

    /// <summary>The lowest true rate that is still compatible with the count: one-sided.</summary>
    /// <inheritdoc cref="Upper"/>
    /// <returns>0 to 1; 0 where nothing was found.</returns>
    public static double Lower(int found, int count, double confidence)
    {
        Check(found, count, confidence);
        return found == 0 ? 0.0 : Quantile(1.0 - confidence, found, count - found + 1.0);
    }

    private static void Check(int found, int count, double confidence)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfNegative(found);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(found, count);
        if (!(confidence > 0.0 && confidence < 1.0))
        {
            throw new ArgumentOutOfRangeException(nameof(confidence), confidence, "The confidence must lie above 0 and below 1.");
        }
    }

    // The x at which the incomplete beta function reaches a value: it rises with x.
    private static double Quantile(double value, double a, double b)
    {
        double low = 0.0, high = 1.0;
        while (true)
        {
            var middle = low + ((high - low) / 2);
            if (middle == low || middle == high)
            {
                return middle;
            }

            if (IncompleteBeta(middle, a, b) < value)
            {
                low = middle;
            }
            else
            {
                high = middle;
            }
        }
    }

    /// <summary>The regularised incomplete beta function I_x(a, b).</summary>
    internal static double IncompleteBeta(double x, double a, double b)
    {
        if (x <= 0.0 || x >= 1.0)
        {
            return x <= 0.0 ? 0.0 : 1.0;
        }

        // The fraction converges fast below the mean; above it the function of the complement is taken.
        var front = Math.Exp(LogGamma(a + b) - LogGamma(a) - LogGamma(b) + (a * Math.Log(x)) + (b * Log1Minus(x)));
        return x < (a + 1.0) / (a + b + 2.0) ? front * Fraction(x, a, b) / a : 1.0 - (front * Fraction(1.0 - x, b, a) / b);
    }

    private static double Log1Minus(double x) => x < 1e-5 ? -x - (x * x / 2) - (x * x * x / 3) : Math.Log(1.0 - x);

    private static double Fraction(double x, double a, double b)
    {
        const double Tiny = 1e-300;
        var c = 1.0;
        var d = 1.0 / NotZero(1.0 - ((a + b) * x / (a + 1.0)));
        var result = d;
        for (var m = 1; m <= 10_000; m++)
        {
            var even = m * (b - m) * x / ((a + (2 * m) - 1) * (a + (2 * m)));
            d = 1.0 / NotZero(1.0 + (even * d));
            c = NotZero(1.0 + (even / c));
            result *= d * c;
            var odd = -(a + m) * (a + b + m) * x / ((a + (2 * m)) * (a + (2 * m) + 1));
            d = 1.0 / NotZero(1.0 + (odd * d));
            c = NotZero(1.0 + (odd / c));
            result *= d * c;
            if (Math.Abs((d * c) - 1.0) < 1e-15)
            {
                break;
            }
        }

        return result;

        static double NotZero(double value) => Math.Abs(value) < Tiny ? Tiny : value;
    }

    // Stirling's series (Abramowitz and Stegun 6.1.41), after raising the argument to where seven terms are exact.
    private static double LogGamma(double x)
    {
        var shift = 0.0;
        for (; x < 15.0; x++)
        {
            shift -= Math.Log(x);
        }

        var y = 1.0 / (x * x);
        var series = ((((((((-1.0 / 1680.0) * y) + (1.0 / 1260.0)) * y) - (1.0 / 360.0)) * y) + (1.0 / 12.0)) / x);
        return shift + ((x - 0.5) * Math.Log(x)) - x + (0.5 * Math.Log(2.0 * Math.PI)) + series;
    }
}
