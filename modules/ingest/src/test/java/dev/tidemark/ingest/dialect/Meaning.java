package dev.tidemark.ingest.dialect;

import dev.tidemark.core.dialect.Normalized;
import dev.tidemark.core.dialect.Normalizer;
import dev.tidemark.core.dialect.NormalizerSettings;
import dev.tidemark.core.otlp.OtlpSpan;
import dev.tidemark.core.redact.KeyedHash;
import dev.tidemark.core.run.LoopLimits;
import dev.tidemark.core.run.RunPreview;
import dev.tidemark.records.AgentEvent;
import dev.tidemark.records.AgentRun;
import dev.tidemark.records.AgentSpan;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** What spans come to: their records, and the runs they make. */
record Meaning(List<AgentSpan> spans, List<AgentEvent> events) {
  private static final Normalizer NORMALIZER =
      Normalizer.of(
          NormalizerSettings.standard()
              .withArguments(
                  KeyedHash.of("a key for tests only".getBytes(StandardCharsets.UTF_8))));

  static Meaning of(List<OtlpSpan> told) {
    return of(NORMALIZER, told);
  }

  static Meaning of(Normalizer normalizer, List<OtlpSpan> told) {
    Meaning meaning = new Meaning(new ArrayList<>(), new ArrayList<>());
    for (OtlpSpan span : told) {
      Normalized one = normalizer.normalize(span);
      meaning.spans.addAll(one.spans());
      meaning.events.addAll(one.events());
    }
    return meaning;
  }

  List<AgentRun> runs() {
    return RunPreview.of(spans, events, LoopLimits.DEFAULT.identical());
  }

  /** The only run. */
  AgentRun run() {
    List<AgentRun> runs = runs();
    if (runs.size() != 1) {
      throw new AssertionError("one run was expected, not " + runs.size());
    }
    return runs.get(0);
  }

  /** Every run in one line: who, which conversation, how it ended; calls; what the model took. */
  List<String> lines() {
    return runs().stream().map(Meaning::line).toList();
  }

  private static String line(AgentRun run) {
    return String.format(
        "%s %s %s %s%s | calls %d errors %d retries %d recovered %d denied %d rejected %d"
            + " | models %d in %d out %d cached %d reasoning %d",
        run.getAgentName(),
        run.getAgentVersion(),
        run.getConversationId(),
        run.getOutcome(),
        run.getSilentRecovery() ? " silently" : "",
        run.getToolCalls(),
        run.getToolErrors(),
        run.getRetries(),
        run.getRecoveredOperations(),
        run.getPolicyDenied(),
        run.getToolRejected(),
        run.getModelCalls(),
        run.getInputTokens(),
        run.getOutputTokens(),
        run.getCacheReadTokens(),
        run.getReasoningTokens());
  }
}
