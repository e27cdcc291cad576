package dev.tidemark.query.answer;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.tidemark.core.detect.SignalNames;
import dev.tidemark.core.detect.SignalState;
import dev.tidemark.core.detect.SignalState.Label;
import dev.tidemark.query.answer.StateBoard.Board;
import dev.tidemark.query.http.Params;
import dev.tidemark.query.http.Route;
import dev.tidemark.records.SubjectKind;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Where the signals stand that are watched: what fires, what is fine, and what cannot be known. */
public final class StatesAnswer {
  private static final int MOST = 1_000;
  private static final List<Label> ORDER =
      List.of(Label.FIRING, Label.NO_DATA, Label.LEARNING, Label.INSUFFICIENT_BASELINE, Label.OK);
  private final StateBoard board;
  private final Freshness freshness;

  /** An answer from this board. */
  public StatesAnswer(StateBoard board, Freshness freshness) {
    this.board = board;
    this.freshness = freshness;
  }

  /** Its path. */
  public Route route() {
    return new Route(
        "/api/v1/states", SeriesFilter.parameters("kind", "name", "label", "limit"), this::answer);
  }

  private Object answer(Params params) {
    int limit = params.integer("limit", 200, 1, MOST);
    SubjectKind kind = params.oneOf("kind", SubjectKind.class).orElse(null);
    Label label = params.oneOf("label", Label.class).orElse(null);
    String name = params.text("name").orElse(null);
    var filter = SeriesFilter.of(params, kind, name);
    Board read = name == null ? board.read(filter::accepts) : board.readNow(filter::accepts);
    if (name != null && read.series().isEmpty() && read.pending() == 0) {
      throw Nearest.unknownSubject(kind, name, read.known());
    }
    List<SignalState> all = read.series().values().stream().flatMap(Collection::stream).toList();
    List<Line> shown =
        all.stream()
            .filter(state -> label == null || state.label() == label)
            .sorted(order(name == null))
            .limit(limit)
            .map(Line::of)
            .toList();
    return new States(
        freshness.answer(null),
        read.nowMs() == Long.MIN_VALUE ? null : read.nowMs(),
        counts(all),
        all.size(),
        read.pending(),
        shown);
  }

  /** A list by what matters first, one subject series by series. */
  private static Comparator<SignalState> order(boolean loudestFirst) {
    Comparator<SignalState> bySeries =
        Comparator.comparing(SignalState::series)
            .thenComparing(SignalState::signal)
            .thenComparing(SignalState::item);
    return loudestFirst
        ? Comparator.comparing((SignalState state) -> ORDER.indexOf(state.label()))
            .thenComparing(bySeries)
        : bySeries;
  }

  /** How many stand at each label; every label is there. */
  static Map<Label, Integer> counts(Collection<SignalState> states) {
    var counts = new EnumMap<Label, Integer>(Label.class);
    ORDER.forEach(label -> counts.put(label, 0));
    states.forEach(state -> counts.merge(state.label(), 1, Integer::sum));
    return counts;
  }

  /** One signal; needed counts what unit says, and is 0 when the baseline is large enough. */
  record Line(
      SeriesName series,
      String signal,
      String item,
      String label,
      long baseline,
      long needed,
      String unit,
      long lastMs) {
    static Line of(SignalState state) {
      return new Line(
          SeriesName.of(state.series()),
          state.signal().name(),
          state.item(),
          state.label().name(),
          state.baseline(),
          state.needed(),
          SignalNames.trials(state.signal()),
          state.lastMs());
    }
  }

  /** counts and total are of all that was asked for but the label, not only of those shown. */
  record States(
      @JsonUnwrapped Answer answer,
      Long toldUpToMs,
      Map<Label, Integer> counts,
      int total,
      int pendingSeries,
      List<Line> states) {}
}
