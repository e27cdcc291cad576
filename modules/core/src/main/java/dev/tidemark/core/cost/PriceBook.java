package dev.tidemark.core.cost;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Prices of models under one version, for calls whose cost nobody reported. A model it does not
 * know has no price: that cost stays unknown. Immutable and thread-safe.
 *
 * <p>The longest model wins: a whole name before any beginning, a longer beginning before a shorter
 * one; of equal models, the one of the provider before the one of {@link Price#ANY}.
 */
public final class PriceBook {
  /** A book without a price: every cost that is not reported stays unknown. */
  public static final PriceBook EMPTY = new PriceBook("", List.of());

  private static final int NONE = -1;
  private final String version;
  private final int size;
  private final Map<String, Price[]> names = new HashMap<>();

  /** Beginnings in their order; the prices of each; where the longest shorter beginning stands. */
  private final String[] prefixes;

  private final Price[][] prefixed;
  private final int[] shorter;

  private PriceBook(String version, Collection<Price> prices) {
    this.version = version;
    this.size = prices.size();
    var byName = new TreeMap<String, List<Price>>();
    var byPrefix = new TreeMap<String, List<Price>>();
    for (Price price : prices) {
      String model = price.model();
      List<Price> same =
          price.isPrefix()
              ? byPrefix.computeIfAbsent(
                  model.substring(0, model.length() - 1), m -> new ArrayList<>())
              : byName.computeIfAbsent(model, m -> new ArrayList<>());
      if (same.stream().anyMatch(other -> other.provider().equals(price.provider()))) {
        throw new IllegalArgumentException(
            "two prices for model " + model + " of provider " + price.provider());
      }
      same.add(price);
    }
    byName.forEach((name, same) -> names.put(name, same.toArray(Price[]::new)));
    prefixes = byPrefix.keySet().toArray(String[]::new);
    prefixed = byPrefix.values().stream().map(s -> s.toArray(Price[]::new)).toArray(Price[][]::new);
    shorter = new int[prefixes.length];
    for (int i = 0; i < prefixes.length; i++) {
      shorter[i] = beginningOf(prefixes[i], i - 1);
    }
  }

  /**
   * A book of these prices.
   *
   * @param version name of this state of the prices, kept with every cost that comes from it
   * @throws IllegalArgumentException without a version, or when two prices share provider and model
   */
  public static PriceBook of(String version, Collection<Price> prices) {
    if (version.isBlank()) {
      throw new IllegalArgumentException("a price book needs a version");
    }
    return new PriceBook(version, prices);
  }

  /** Name of this state of the prices; empty for {@link #EMPTY}. */
  public String version() {
    return version;
  }

  /** How many prices it holds. */
  public int size() {
    return size;
  }

  /**
   * The price of a model, or null when the book does not know it. Allocates nothing.
   *
   * @param provider who sells it; null when unknown, then only prices of any provider apply
   * @param model its name; null when unknown, then there is no price
   */
  public Price find(String provider, String model) {
    if (model == null || size == 0) {
      return null;
    }
    Price found = of(provider, names.get(model));
    if (found != null || prefixes.length == 0) {
      return found;
    }
    int at = Arrays.binarySearch(prefixes, model);
    at = beginningOf(model, at >= 0 ? at : -at - 2);
    while (at != NONE && found == null) {
      found = of(provider, prefixed[at]);
      at = shorter[at];
    }
    return found;
  }

  /**
   * Where the longest beginning of {@code model} stands, looking from {@code at} down. A beginning
   * of the model that comes before another one in the order is a beginning of that one too, so only
   * the shorter ones of each have to be tried.
   */
  private int beginningOf(String model, int at) {
    int candidate = at;
    while (candidate > NONE && !model.startsWith(prefixes[candidate])) {
      candidate = shorter[candidate];
    }
    return candidate;
  }

  private static Price of(String provider, Price[] same) {
    if (same == null) {
      return null;
    }
    Price any = null;
    for (Price price : same) {
      if (price.provider().equals(provider)) {
        return price;
      }
      any = price.provider().equals(Price.ANY) ? price : any;
    }
    return any;
  }
}
