package dev.tidemark.app;

import dev.tidemark.records.Alert;
import dev.tidemark.records.ChangeEvent;
import dev.tidemark.records.DetectionMode;
import dev.tidemark.records.DimensionShare;
import dev.tidemark.records.Exemplar;
import dev.tidemark.records.QuantityEvidence;
import dev.tidemark.records.RateEvidence;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** One alert as lines for people: the sentence first, then everything that explains it. */
final class AlertPage {
  private static final String MICROS = "micros";
  private static final String OF = "micros of ";

  /** Least share of a shift that is worth a line. */
  private static final double TELLING = 0.005;

  private final Alert alert;
  private final List<String> lines = new ArrayList<>();

  private AlertPage(Alert alert) {
    this.alert = alert;
  }

  static List<String> lines(Alert alert, LastAlerts all) {
    var page = new AlertPage(alert);
    page.head();
    page.evidence();
    page.causes();
    page.runs();
    page.list("Doubts", alert.getDoubts());
    page.guarantee();
    page.family(all);
    return page.lines;
  }

  private void head() {
    lines.add(Console.safe(alert.getSummary()));
    lines.add("");
    fact("key", alert.getAlertKey());
    fact(
        "status",
        alert.getStatus()
            + ", "
            + alert.getSeverity()
            + (alert.getFlapCount() == 0 ? "" : ", episode " + (alert.getFlapCount() + 1)));
    fact("since", time(alert.getStartsAtMs()));
    if (alert.getEndsAtMs() != null) {
      fact("ended", time(alert.getEndsAtMs()));
    }
    String span = " (between " + time(alert.getChangeLowMs()) + " and ";
    boolean known = alert.getChangeLowMs() == alert.getChangeHighMs();
    fact(
        "changed",
        time(alert.getChangeMs()) + (known ? "" : span + time(alert.getChangeHighMs()) + ")"));
    if (alert.getNote() != null) {
      fact("note", alert.getNote() + " (" + alert.getNotedBy() + ")");
    }
  }

  private void evidence() {
    boolean limit = isLimit();
    if (isFact()) {
      fact("seen", alert.getLimit());
      return;
    }
    if (limit) {
      fact("limit", alert.getLimit());
    }
    if (alert.getAfterQuantity() != null) {
      if (alert.getBeforeQuantity() != null) {
        fact("before", quantity(alert.getBeforeQuantity()));
      }
      fact("after", quantity(alert.getAfterQuantity()));
    } else {
      if (!limit) {
        fact("before", figure(alert.getBefore()));
      }
      fact("after", figure(alert.getAfter()));
    }
  }

  private void causes() {
    List<String> shares = new ArrayList<>();
    for (DimensionShare share : alert.getDimensions()) {
      shares.add(
          String.format(
              Locale.ROOT,
              "%s %s carries %.0f %% of it (%s before, %s after)",
              share.getDimension(),
              share.getValue(),
              100 * share.getShare(),
              part(share.getBeforeX(), share.getBeforeN()),
              part(share.getAfterX(), share.getAfterN())));
    }
    if (Math.abs(alert.getMixShare()) >= TELLING) {
      shares.add(
          String.format(
              Locale.ROOT,
              "%.0f %% of it is another mix rather than another behaviour",
              100 * alert.getMixShare()));
    }
    list("What carries it", shares);
    list("What changed before", alert.getChanges().stream().map(this::change).toList());
  }

  /** A cause, such as a policy rule, has no trials of its own. */
  private static String part(long events, long trials) {
    return trials == 0 ? Figures.count(events) : events + " of " + trials;
  }

  private String change(ChangeEvent change) {
    Duration apart = Duration.ofMillis(Math.abs(alert.getChangeMs() - change.getTimeMs()));
    String when = change.getTimeMs() <= alert.getChangeMs() ? " before" : " after";
    return change.getKind().name().toLowerCase(Locale.ROOT).replace('_', ' ')
        + " "
        + change.getName()
        + " "
        + change.getVersion()
        + (change.getPreviousVersion() == null ? "" : " after " + change.getPreviousVersion())
        + ", "
        + (apart.isZero() ? "at that moment" : Figures.span(apart) + when)
        + (change.getNote() == null ? "" : ": " + change.getNote());
  }

  private void runs() {
    list("Runs since", alert.getExemplars().stream().map(AlertPage::run).toList());
    list("Runs before", alert.getExemplarsBefore().stream().map(AlertPage::run).toList());
  }

  private static String run(Exemplar exemplar) {
    return "tidemark trace " + exemplar.getTraceId() + "   # " + exemplar.getCategory();
  }

  private void guarantee() {
    lines.add("");
    if (isFact()) {
      lines.add("A fact: no statistics claimed.");
      return;
    }
    if (isLimit()) {
      lines.add("A limit you set: no statistics claimed.");
      return;
    }
    lines.add(
        String.format(
            Locale.ROOT,
            "At most %s false alert%s per day over the whole deployment; this detector may spend"
                + " %.4f %% of that.",
            number(alert.getBudgetPerDay()),
            alert.getBudgetPerDay() == 1 ? "" : "s",
            100 * alert.getShare()));
  }

  private void family(LastAlerts all) {
    List<String> family = new ArrayList<>();
    if (alert.getParentAlertKey() != null) {
      family.add("above: " + relative(alert.getParentAlertKey(), all));
    }
    alert.getChildAlertKeys().forEach(key -> family.add("below: " + relative(key, all)));
    list("Others that tell it", family);
  }

  private static String relative(String key, LastAlerts all) {
    Alert other = all.get(key);
    return key.substring(0, 8)
        + (other == null ? ", never fired" : " " + other.getStatus() + ", " + other.getTitle());
  }

  private boolean isLimit() {
    return alert.getModes().contains(DetectionMode.LIMIT);
  }

  /** Seen for the first time, or a run that loops: nobody set a limit for it. */
  private boolean isFact() {
    return switch (alert.getSignal()) {
      case NEW_ERROR_TYPE, NEW_TOOL, NEW_VERSION, LIVE_LOOP -> true;
      default -> false;
    };
  }

  private void list(String title, List<String> entries) {
    if (!entries.isEmpty()) {
      lines.add("");
      lines.add(title + ":");
      entries.forEach(entry -> lines.add("  " + Console.safe(entry)));
    }
  }

  private void fact(String name, String value) {
    lines.add(String.format("%-8s %s", name, Console.safe(value)));
  }

  /** Use of a tool and volume are tested as rates and told as people count them. */
  private String figure(RateEvidence rate) {
    return switch (alert.getSignal()) {
      case TOOL_USE -> {
        long runs = rate.getN() - rate.getX();
        String perRun = number((double) rate.getX() / Math.max(1, runs));
        yield perRun + " calls a run (" + Figures.count(rate.getX()) + " in " + runs + " runs)";
      }
      case VOLUME -> number(rate.getRate()) + " runs in 5 minutes";
      default -> rate(rate);
    };
  }

  private static String rate(RateEvidence rate) {
    String counted =
        Figures.percent(rate.getRate())
            + " ("
            + Figures.count(rate.getX())
            + " of "
            + Figures.count(rate.getN())
            + ")";
    return rate.getLevel() == 0
        ? counted
        : counted
            + String.format(
                Locale.ROOT,
                ", %.0f %% interval %s to %s",
                100 * rate.getLevel(),
                Figures.percent(rate.getLow()),
                Figures.percent(rate.getHigh()));
  }

  private static String quantity(QuantityEvidence seen) {
    String values =
        "p50 "
            + value(seen, seen.getP50())
            + ", p90 "
            + value(seen, seen.getP90())
            + ", p99 "
            + value(seen, seen.getP99())
            + ", mean "
            + value(seen, seen.getMean());
    String interval =
        seen.getLevel() == 0
            ? ""
            : " ("
                + value(seen, seen.getMeanLow())
                + " to "
                + value(seen, seen.getMeanHigh())
                + ")";
    return values + interval + " of " + Figures.count(seen.getN());
  }

  private static String value(QuantityEvidence seen, double value) {
    String unit = seen.getUnit();
    if (unit.equals("us")) {
      return Figures.micros(value);
    }
    if (unit.startsWith(MICROS)) {
      return unit.length() > OF.length()
          ? Figures.money(Math.round(value), unit.substring(OF.length()))
          : String.format(Locale.ROOT, "%.4f", value / 1e6);
    }
    return number(value);
  }

  private static String number(double value) {
    return value == Math.rint(value)
        ? Long.toString((long) value)
        : String.format(Locale.ROOT, "%.2f", value);
  }

  private static String time(long timeMs) {
    return Instant.ofEpochMilli(timeMs).toString();
  }
}
