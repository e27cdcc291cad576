package dev.tidemark.streams.evidence;

import dev.tidemark.records.AgentRun;
import dev.tidemark.records.Alert;
import dev.tidemark.records.Exemplar;
import dev.tidemark.records.Outcome;
import dev.tidemark.records.RateEvidence;
import dev.tidemark.records.SeriesKey;
import dev.tidemark.records.SubjectKind;
import dev.tidemark.testkit.Ids;
import dev.tidemark.testkit.Spans;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Summaries and alerts for tests of evidence. */
final class EvidenceRecords {
  private EvidenceRecords() {}

  /** An ordinary run that nobody would keep. */
  static AgentRun.Builder run(String name, List<Long> spans, List<Long> events) {
    return AgentRun.newBuilder()
        .setTraceId(Ids.trace(name))
        .setEndMs(Spans.T0)
        .setAgentName("agent")
        .setAgentVersion("v1")
        .setOutcome(Outcome.OK)
        .setSucceeded(true)
        .setSpanOffsets(differences(spans))
        .setEventOffsets(differences(events));
  }

  private static List<Long> differences(List<Long> offsets) {
    var differences = new ArrayList<Long>();
    long before = 0;
    for (long offset : offsets) {
      differences.add(offset - before);
      before = offset;
    }
    return differences;
  }

  /** An alert that shows one run before and some since the change. */
  static Alert alert(String before, String... since) {
    return Alert.newBuilder()
        .setAlertKey("alert")
        .setEpisodeId("alert-1")
        .setEventId("alert-1-1")
        .setSeries(
            SeriesKey.newBuilder()
                .setTenant("default")
                .setEnvironment("default")
                .setSubjectKind(SubjectKind.TOOL)
                .setSubjectName("search")
                .setAgentName("agent")
                .setAgentVersion("v1")
                .setToolVersion("")
                .setModelBackend("")
                .build())
        .setTitle("title")
        .setSummary("summary")
        .setBefore(RateEvidence.newBuilder().build())
        .setAfter(RateEvidence.newBuilder().build())
        .setAlternative("")
        .setDetector("test/1")
        .setConfigHash("")
        .setExemplars(Stream.of(since).map(name -> exemplar("recovered", name)).toList())
        .setExemplarsBefore(List.of(exemplar("ok", before)))
        .build();
  }

  private static Exemplar exemplar(String category, String name) {
    return Exemplar.newBuilder()
        .setCategory(category)
        .setTraceId(Ids.trace(name))
        .setSpanId("")
        .setTimeMs(Spans.T0)
        .setHash(1)
        .build();
  }
}
