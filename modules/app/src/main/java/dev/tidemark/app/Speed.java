package dev.tidemark.app;

import dev.tidemark.fleet.FleetPlan;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A speed such as {@code 60x}, or {@code max}. */
final class Speed implements ITypeConverter<Double> {
  @Override
  public Double convert(String text) {
    if (text.equals("max")) {
      return FleetPlan.MAX_SPEED;
    }
    try {
      double factor =
          Double.parseDouble(text.endsWith("x") ? text.substring(0, text.length() - 1) : text);
      if (factor > 0 && Double.isFinite(factor)) {
        return factor;
      }
    } catch (NumberFormatException e) {
      throw wrong(text);
    }
    throw wrong(text);
  }

  private static TypeConversionException wrong(String text) {
    return new TypeConversionException("'" + text + "' is not a speed: write 60x or max");
  }
}
