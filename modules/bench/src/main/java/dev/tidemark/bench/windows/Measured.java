package dev.tidemark.bench.windows;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/** The stretches of all contestants over one shape. Not thread-safe. */
final class Measured {
  private final Map<String, List<Stretch>> stretches = new LinkedHashMap<>();

  void add(String contestant, Stretch stretch) {
    stretches.computeIfAbsent(contestant, c -> new ArrayList<>()).add(stretch);
  }

  Set<String> contestants() {
    return stretches.keySet();
  }

  /** CPU seconds of application and broker per million spans, or null. */
  Spread cpu(String contestant) {
    return spread(contestant, Stretch::cpuPerMillion);
  }

  /** The broker's part of it, or null. */
  Spread brokerCpu(String contestant) {
    return spread(contestant, s -> s.brokerCpu() / s.spans() * 1e6);
  }

  Spread rate(String contestant) {
    return spread(contestant, Stretch::spansPerSecond);
  }

  /** CPU of one over CPU of another, by their medians; null when either was not measured. */
  Double ratio(String above, String below) {
    Spread a = cpu(above);
    Spread b = cpu(below);
    return a == null || b == null ? null : (Double) (a.median() / b.median());
  }

  private Spread spread(String contestant, ToDoubleFunction<Stretch> figure) {
    List<Stretch> found = stretches.get(contestant);
    return found == null
        ? null
        : Spread.of(found.stream().map(s -> (Double) figure.applyAsDouble(s)).toList());
  }
}
