package dev.tidemark.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.records.ChangeEvent;
import dev.tidemark.records.ChangeKind;
import dev.tidemark.records.ChangeSource;
import dev.tidemark.testkit.TestCluster;
import dev.tidemark.wire.Topics;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a CI job declares stands where detect reads it. */
class AnnotateIT {
  private final TestCluster cluster = TestCluster.shared();
  private final String prefix = cluster.uniquePrefix();

  @Test
  void shouldDeclareAChangeInEveryPartitionAndForTheFleet() {
    Topics topics = Topics.prefixed(prefix);
    cluster.createTopics(topics, 3);
    Output first =
        annotate(
            "prompt triage v12 --agent booking --tenant airline --previous v11"
                + " --at 2026-11-22T18:00:00Z --note by:ann@example.com");
    assertThat(first.exitCode()).as(first.err()).isZero();
    assertThat(first.err()).contains("declared triage v12 from 2026-11-22T18:00:00Z");

    List<ConsumerRecord<String, ChangeEvent>> told = cluster.readAll(topics.changes());
    assertThat(told).hasSize(4).extracting(ConsumerRecord::partition).contains(0, 1, 2);
    ChangeEvent change = told.get(0).value();
    assertThat(told)
        .extracting(record -> record.value().getChangeId())
        .containsOnly(told.get(0).key());
    assertThat(change.getKind()).isEqualTo(ChangeKind.PROMPT_VERSION);
    assertThat(change.getSource()).isEqualTo(ChangeSource.DECLARED);
    assertThat(change.getAgentName()).isEqualTo("booking");
    assertThat(change.getPreviousVersion()).isEqualTo("v11");
    assertThat(change.getNote()).isEqualTo("by:[redacted:email]");
    assertThat(told)
        .extracting(record -> record.value().getSubjectKind())
        .containsOnlyOnce("FLEET");

    Output again = annotate("prompt triage v12 --tenant airline");
    assertThat(again.exitCode()).isZero();
    assertThat(cluster.readAll(topics.changes()))
        .extracting(ConsumerRecord::key)
        .containsOnly(told.get(0).key());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "gadget search 2 | 2 | KIND",
        "tool search | 2 | VERSION",
        "tool search 2 --at noon | 2 | --at noon is not a time",
      })
  void shouldSayWhatIsWrongWithACommandLine(String line, int code, String text) {
    Output output = annotate(line.trim());
    assertThat(output.exitCode()).isEqualTo(code);
    assertThat(output.err()).contains(text);
  }

  @Test
  void shouldSayThatNobodyListens() {
    Output output =
        Output.of(
            "annotate", "tool", "search", "2", "-b", "127.0.0.1:1", "-r", "http://127.0.0.1:1");
    assertThat(output.exitCode()).isEqualTo(ExitCode.UNREACHABLE);
    assertThat(output.err().lines()).hasSize(1);
  }

  private Output annotate(String line) {
    var args = new ArrayList<String>();
    args.add("annotate");
    args.addAll(List.of(line.split(" ")));
    args.addAll(
        List.of(
            "-b",
            cluster.bootstrapServers(),
            "-r",
            cluster.registryUrl(),
            "--topic-prefix",
            prefix));
    return Output.of(args.toArray(String[]::new));
  }
}
