package dev.tidemark.streams.evidence;

import dev.tidemark.records.EvidenceKind;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;

/**
 * A log whose record at an offset says where it stands; answers at once, or fails as often as told.
 * What it was asked survives a restart of the topology, its answers do not.
 */
final class FakeCopier {
  final List<String> asked = new ArrayList<>();
  long expiredBefore;
  long end = Long.MAX_VALUE;
  int failures;
  boolean silent;

  /** As a topology opens it. */
  Copier open() {
    Queue<Copier.Answer> answers = new ArrayDeque<>();
    return new Copier() {
      @Override
      public void ask(String traceId, Coordinates what) {
        asked.add(traceId);
        if (!silent) {
          answers.add(answer(traceId, what));
        }
      }

      @Override
      public Answer poll() {
        return answers.poll();
      }

      @Override
      public void close() {
        answers.clear();
      }
    };
  }

  private Copier.Answer answer(String traceId, Coordinates what) {
    if (failures > 0) {
      failures--;
      return Copier.Answer.failed(traceId, what, "TimeoutException");
    }
    var found = new ArrayList<Copier.Found>();
    what.spans().forEach(offset -> read(EvidenceKind.SPAN, what, offset, found));
    what.events().forEach(offset -> read(EvidenceKind.EVENT, what, offset, found));
    var outstanding = new Coordinates(what.partition(), later(what.spans()), later(what.events()));
    long expired = (long) what.size() - found.size() - outstanding.size();
    return new Copier.Answer(
        traceId, what, found, expired, 0, outstanding, outstanding.isEmpty() ? null : "later");
  }

  private List<Long> later(List<Long> offsets) {
    return offsets.stream().filter(offset -> offset >= end).toList();
  }

  private void read(EvidenceKind kind, Coordinates what, long offset, List<Copier.Found> found) {
    if (offset >= expiredBefore && offset < end) {
      byte[] value = (kind + "@" + offset).getBytes(StandardCharsets.UTF_8);
      found.add(new Copier.Found(kind, what.partition(), offset, 1, ByteBuffer.wrap(value), null));
    }
  }
}
