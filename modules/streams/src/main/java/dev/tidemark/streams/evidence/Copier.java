package dev.tidemark.streams.evidence;

import dev.tidemark.records.EvidenceKind;
import dev.tidemark.wire.Topics;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;

/**
 * Reads records back by their coordinates, beside the thread that asks. Asked and polled by one
 * thread; neither call blocks.
 */
interface Copier extends AutoCloseable {
  /** Asks for records of a run; exactly one answer follows, sooner or later. */
  void ask(String traceId, Coordinates what);

  /** The next answer; null when there is none yet. */
  Answer poll();

  @Override
  void close();

  /** Opens a copier for one task. */
  interface Source {
    Copier open(String applicationId, Map<String, Object> clientConfig, Topics topics);
  }

  /**
   * A record as it stands in its topic.
   *
   * @param schemaId header of a producer that puts the schema's id there; null for all others
   */
  record Found(
      EvidenceKind kind,
      int partition,
      long offset,
      long arrivalMs,
      ByteBuffer value,
      ByteBuffer schemaId) {}

  /**
   * What came of a question.
   *
   * @param asked what was asked for
   * @param found records of the run
   * @param expired how many the topics no longer hold
   * @param foreign how many are of another run or nothing at all
   * @param outstanding what could not be read now; has to be asked again
   * @param trouble why; null when there was none
   */
  record Answer(
      String traceId,
      Coordinates asked,
      List<Found> found,
      long expired,
      long foreign,
      Coordinates outstanding,
      String trouble) {
    public Answer {
      found = List.copyOf(found);
    }

    static Answer failed(String traceId, Coordinates asked, String trouble) {
      return new Answer(traceId, asked, List.of(), 0, 0, asked, trouble);
    }
  }
}
