package dev.tidemark.core.detect;

import dev.tidemark.records.AlertDecision;
import dev.tidemark.records.DecisionAction;
import dev.tidemark.records.Direction;
import dev.tidemark.records.Signal;
import java.util.ArrayList;
import java.util.List;

/** Decisions that wait for the window in which they take effect, in the state of their series. */
final class PendingDecisions {
  private PendingDecisions() {}

  static void write(StateWriter out, List<AlertDecision> decisions) {
    out.whole(decisions.size());
    for (AlertDecision d : decisions) {
      out.text(d.getDecisionId()).text(d.getAlertKey()).text(d.getAction().name());
      SeriesKeys.write(out, d.getSeries());
      out.text(d.getSignal().name()).text(d.getDirection().name()).text(d.getActor());
      out.whole(d.getTimeMs()).text(d.getNote());
      out.text(d.getEpisodeId() == null ? "" : d.getEpisodeId());
    }
  }

  static List<AlertDecision> read(StateReader in) {
    List<AlertDecision> decisions = new ArrayList<>();
    for (int left = in.count(); left > 0; left--) {
      AlertDecision d = new AlertDecision();
      d.setDecisionId(in.text());
      d.setAlertKey(in.text());
      d.setAction(DecisionAction.valueOf(in.text()));
      d.setSeries(SeriesKeys.read(in));
      d.setSignal(Signal.valueOf(in.text()));
      d.setDirection(Direction.valueOf(in.text()));
      d.setActor(in.text());
      d.setTimeMs(in.whole());
      d.setNote(in.text());
      String episode = in.text();
      d.setEpisodeId(episode.isEmpty() ? null : episode);
      decisions.add(d);
    }
    return decisions;
  }
}
