package dev.tidemark.app.rules;

import dev.tidemark.core.limit.LimitRule;
import dev.tidemark.core.limit.Measure;
import dev.tidemark.core.limit.Reading;
import dev.tidemark.core.limit.Scope;
import dev.tidemark.core.limit.SloRule;
import dev.tidemark.core.limit.Unit;
import dev.tidemark.records.Direction;
import dev.tidemark.records.Severity;
import dev.tidemark.records.Signal;
import dev.tidemark.records.SubjectKind;
import dev.tidemark.streams.observe.ObserveConfig;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** One entry of limits or slos. */
final class RuleEntry {
  private static final Pattern QUANTILE = Pattern.compile("p\\d{1,2}(\\.\\d{1,3})?");
  private static final Duration WINDOW = ObserveConfig.of(1, 1).window();
  private static final Duration LONGEST = Duration.ofDays(30);
  private static final Map<String, Severity> SEVERITIES =
      words(Severity.values(), one -> one != Severity.UNKNOWN);
  private static final Map<String, SubjectKind> KINDS =
      words(SubjectKind.values(), one -> one != SubjectKind.UNKNOWN);
  private static final Map<String, Signal> SIGNALS =
      words(Signal.values(), one -> !Reading.measures(one).isEmpty());
  private static final Map<String, Signal> RATES =
      words(Signal.values(), one -> Reading.measures(one).contains(Measure.RATE));
  private final YamlMap map;
  private final String id;

  private RuleEntry(YamlMap map, String id) {
    this.map = map;
    this.id = id;
  }

  /** An entry whose id is kebab-case and not taken. */
  static RuleEntry of(YamlMap map, Set<String> ids) {
    String id = map.text("id");
    if (!id.matches("[a-z0-9]+(-[a-z0-9]+)*") || id.length() > 64) {
      throw map.wrong("id", "'" + id + "' is not kebab-case: write it like slow-search");
    }
    if (!ids.add(id)) {
      throw map.wrong("id", "'" + id + "' is there twice: rename one of them");
    }
    return new RuleEntry(map, id);
  }

  private static <E extends Enum<E>> Map<String, E> words(E[] all, Predicate<E> chosen) {
    Map<String, E> words = new TreeMap<>();
    Arrays.stream(all)
        .filter(chosen)
        .forEach(one -> words.put(one.name().toLowerCase(Locale.ROOT), one));
    return words;
  }

  LimitRule limit() {
    map.only(
        "id",
        "kind",
        "name",
        "tenant",
        "environment",
        "agent",
        "signal",
        "evaluation",
        "measure",
        "above",
        "below",
        "window",
        "minimum",
        "for",
        "severity");
    Scope scope = scope();
    Reading reading = reading(scope.kind());
    if (map.has("above") == map.has("below")) {
      throw map.wrong("needs either above or below: give the limit once");
    }
    String side = map.has("above") ? "above" : "below";
    return new LimitRule(
        id,
        scope,
        reading,
        map.has("above") ? Direction.UP : Direction.DOWN,
        threshold(side, reading.unit()),
        window(map, "window"),
        map.whole("minimum", 1, 1, Integer.MAX_VALUE),
        map.whole("for", 1, 1, 1000),
        map.has("severity") ? map.word("severity", SEVERITIES) : Severity.ERROR);
  }

  SloRule slo() {
    map.only(
        "id",
        "kind",
        "name",
        "tenant",
        "environment",
        "agent",
        "signal",
        "evaluation",
        "objective",
        "period",
        "minimum",
        "burn");
    Scope scope = scope();
    Signal signal = signal(scope.kind(), RATES);
    double objective = map.share("objective");
    if (objective <= 0 || objective >= 1) {
      throw map.wrong("objective", "has to lie between 0 and 1: write it like 0.99 or 99%");
    }
    Duration period = map.duration("period", Duration.ofDays(30));
    List<SloRule.Burn> burns = map.each("burn", burn -> burn(burn, period));
    if (burns.size() > 8) {
      throw map.wrong("burn", "has more than 8 entries: keep the loudest");
    }
    if (burns.isEmpty() && period.compareTo(Duration.ofDays(3)) < 0) {
      throw map.wrong("period", "is shorter than the usual burn windows: give burn its own");
    }
    return new SloRule(
        id,
        scope,
        new Reading(signal, Measure.RATE, 0, evaluation(signal)),
        objective,
        period,
        burns.isEmpty() ? SloRule.DEFAULT_BURNS : burns,
        map.whole("minimum", 20, 1, Integer.MAX_VALUE));
  }

  private static SloRule.Burn burn(YamlMap burn, Duration period) {
    burn.only("factor", "long", "short", "severity");
    double factor = burn.number("factor", 0);
    if (factor <= 0) {
      throw burn.wrong("factor", "has to be above 0: 1 uses the budget up in the period");
    }
    Duration longer = window(burn, "long");
    Duration shorter = window(burn, "short");
    if (shorter.compareTo(longer) > 0) {
      throw burn.wrong("short", "is longer than long: exchange them");
    }
    if (longer.compareTo(period) > 0) {
      throw burn.wrong("long", "is longer than the period: shorten it");
    }
    return new SloRule.Burn(
        factor,
        longer,
        shorter,
        burn.has("severity") ? burn.word("severity", SEVERITIES) : Severity.CRITICAL);
  }

  private Scope scope() {
    return new Scope(
        map.word("kind", KINDS),
        map.text("name", Scope.ANY),
        map.text("tenant", Scope.ANY),
        map.text("environment", Scope.ANY),
        map.text("agent", Scope.ANY));
  }

  private Signal signal(SubjectKind kind, Map<String, Signal> known) {
    Signal signal = map.word("signal", known);
    if (!Reading.tells(kind, signal)) {
      throw map.wrong(
          "signal",
          map.text("signal")
              + " is not told by a "
              + map.text("kind")
              + ": set it on an agent or the fleet");
    }
    return signal;
  }

  private String evaluation(Signal signal) {
    if (signal == Signal.EVALUATION_RATE) {
      return map.text("evaluation");
    }
    if (map.has("evaluation")) {
      throw map.wrong("evaluation", "belongs to evaluation_rate only: remove it");
    }
    return "";
  }

  private Reading reading(SubjectKind kind) {
    Signal signal = signal(kind, SIGNALS);
    List<Measure> measures = Reading.measures(signal);
    String word = map.text("measure", usual(kind, measures)).toLowerCase(Locale.ROOT);
    boolean quantile = QUANTILE.matcher(word).matches();
    for (Measure measure : measures) {
      boolean named = measure.name().toLowerCase(Locale.ROOT).equals(word);
      if (measure == Measure.QUANTILE ? quantile : named) {
        double q = quantile ? Double.parseDouble(word.substring(1)) / 100 : 0;
        if (quantile && q <= 0) {
          throw map.wrong("measure", word + " is no quantile: write it like p95");
        }
        return new Reading(signal, measure, q, evaluation(signal));
      }
    }
    throw map.wrong(
        "measure",
        "'"
            + word
            + "' does not fit "
            + map.text("signal")
            + ": use "
            + String.join(", ", measures.stream().map(RuleEntry::example).toList()));
  }

  private static String usual(SubjectKind kind, List<Measure> measures) {
    boolean whole = kind == SubjectKind.AGENT || kind == SubjectKind.FLEET;
    return measures.contains(Measure.RUNS) && whole ? "runs" : example(measures.get(0));
  }

  private static String example(Measure measure) {
    return measure == Measure.QUANTILE ? "p95" : measure.name().toLowerCase(Locale.ROOT);
  }

  private double threshold(String key, Unit unit) {
    return switch (unit) {
      case SHARE -> map.share(key);
      case MONEY -> map.number(key, 0) * 1e6;
      case MICROS ->
          Numbers.micros(map.text(key))
              .orElseThrow(
                  () ->
                      map.wrong(
                          key,
                          "'" + map.text(key) + "' is not a time span: write it like 850ms or 2s"));
      case TOKENS, STEPS, CALLS, RUNS -> map.number(key, 0);
    };
  }

  private static Duration window(YamlMap map, String key) {
    Duration window = map.duration(key);
    if (window.toMillis() % WINDOW.toMillis() != 0 || window.compareTo(LONGEST) > 0) {
      throw map.wrong(
          key,
          map.text(key)
              + " is not a multiple of the "
              + WINDOW.toSeconds()
              + " s of a window, up to 30 d: write it like 5m");
    }
    return window;
  }
}
