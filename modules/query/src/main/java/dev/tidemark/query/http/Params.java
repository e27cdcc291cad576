package dev.tidemark.query.http;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/** Parameters of one request, path and query, read with bounds. Confined to its request. */
public final class Params {
  private static final int LONGEST = 256;
  private final Map<String, String> values;
  private final LongSupplier nowMs;

  private Params(Map<String, String> values, LongSupplier nowMs) {
    this.values = values;
    this.nowMs = nowMs;
  }

  /**
   * Checks names and lengths.
   *
   * @param path values from the path
   * @param query values from the query string; empty ones count as not given
   * @param known names allowed in the query string
   * @param nowMs what 'now' means in times
   * @throws ApiException 400 for an unknown name or a value with control characters
   */
  public static Params of(
      Map<String, String> path,
      Map<String, List<String>> query,
      Set<String> known,
      LongSupplier nowMs) {
    var values = new LinkedHashMap<String, String>();
    query.forEach(
        (name, given) -> {
          if (!known.contains(name)) {
            throw ApiException.unknownParameter(
                printable(name),
                known.isEmpty()
                    ? "none"
                    : known.stream().sorted().collect(Collectors.joining(", ")));
          }
          if (given.size() > 1) {
            throw ApiException.badParameter(
                name, printable(String.join(",", given)), "given once", "remove the others");
          }
          if (!given.get(0).isEmpty()) {
            values.put(name, checked(name, given.get(0)));
          }
        });
    path.forEach((name, value) -> values.put(name, checked(name, value)));
    return new Params(values, nowMs);
  }

  private static String checked(String name, String value) {
    if (value.length() > LONGEST || value.chars().anyMatch(Character::isISOControl)) {
      throw ApiException.badParameter(
          name,
          printable(value),
          "at most " + LONGEST + " characters without control characters",
          "copy the name from a list of this API");
    }
    return value;
  }

  private static String printable(String text) {
    return text.codePoints()
        .limit(LONGEST)
        .map(point -> Character.isISOControl(point) ? '\uFFFD' : point)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  /** A text; empty when it was not given. */
  public Optional<String> text(String name) {
    return Optional.ofNullable(values.get(name));
  }

  /** A text that has to be given. */
  public String required(String name, String example) {
    return text(name)
        .orElseThrow(
            () -> ApiException.badParameter(name, "", "given", "such as " + name + "=" + example));
  }

  /** A whole number in [min, max]. */
  public int integer(String name, int fallback, int min, int max) {
    String given = values.get(name);
    if (given == null) {
      return fallback;
    }
    try {
      int value = Integer.parseInt(given);
      if (value >= min && value <= max) {
        return value;
      }
    } catch (NumberFormatException e) {
      // The same sentence serves both.
    }
    throw ApiException.badParameter(
        name,
        given,
        "a whole number from " + min + " to " + max,
        "such as " + name + "=" + fallback);
  }

  /** true or false; empty when it was not given. */
  public Optional<Boolean> flag(String name) {
    return text(name)
        .map(
            given ->
                switch (given) {
                  case "true" -> true;
                  case "false" -> false;
                  default ->
                      throw ApiException.badParameter(
                          name, given, "true or false", "such as " + name + "=true");
                });
  }

  /** One of the names of an enum, in any case; empty when it was not given. */
  public <E extends Enum<E>> Optional<E> oneOf(String name, Class<E> type) {
    return text(name)
        .map(
            given ->
                Arrays.stream(type.getEnumConstants())
                    .filter(constant -> constant.name().equalsIgnoreCase(given))
                    .findFirst()
                    .orElseThrow(() -> notOneOf(name, given, names(type))));
  }

  /** One of the given words; the first is the default. */
  public String word(String name, List<String> allowed) {
    String given = values.getOrDefault(name, allowed.get(0)).toLowerCase(Locale.ROOT);
    if (!allowed.contains(given)) {
      throw notOneOf(name, given, String.join(", ", allowed));
    }
    return given;
  }

  /** The parameters from and to; without them the hour up to now. */
  public TimeRange range() {
    return range("-1h");
  }

  /** The parameters from and to with another default for from. */
  public TimeRange range(String from) {
    return TimeRange.parse(
        values.getOrDefault("from", from), values.getOrDefault("to", "now"), nowMs.getAsLong());
  }

  private static ApiException notOneOf(String name, String given, String allowed) {
    return ApiException.badParameter(
        name, given, "one of " + allowed, "such as " + name + "=" + allowed.split(",", 2)[0]);
  }

  private static String names(Class<? extends Enum<?>> type) {
    return Arrays.stream(type.getEnumConstants())
        .map(Enum::name)
        .filter(constant -> !constant.equals("UNKNOWN"))
        .collect(Collectors.joining(", "));
  }
}
