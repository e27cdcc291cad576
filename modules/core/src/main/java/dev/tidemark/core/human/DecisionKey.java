package dev.tidemark.core.human;

import dev.tidemark.core.hash.Hash64;
import java.nio.charset.StandardCharsets;

/**
 * What joins a decision to its request: the decision id, else the tool call id, else the
 * conversation id, within a tenant. Ids of different kinds never meet.
 *
 * @param tenant hash of the tenant and of the kind of id
 * @param id hash of the id
 */
public record DecisionKey(long tenant, long id) {
  private static final int DECISION = 1;
  private static final int CALL = 2;
  private static final int CONVERSATION = 3;

  /**
   * The key of ids by their hashes; 0 stands for an id that was not told.
   *
   * @return null when there is none of the three
   */
  public static DecisionKey of(String tenant, long decision, long call, long conversation) {
    if (decision != 0) {
      return new DecisionKey(Hash64.of(hash(tenant), DECISION), decision);
    }
    if (call != 0) {
      return new DecisionKey(Hash64.of(hash(tenant), CALL), call);
    }
    return conversation == 0
        ? null
        : new DecisionKey(Hash64.of(hash(tenant), CONVERSATION), conversation);
  }

  /** Hash of an id; 0 when it is null or empty. */
  public static long hash(String id) {
    if (id == null) {
      return 0;
    }
    byte[] bytes = id.getBytes(StandardCharsets.UTF_8);
    return Hash64.of(bytes, 0, bytes.length);
  }

  /** Which of {@code partitions} it belongs to. */
  public int partition(int partitions) {
    return (int) Long.remainderUnsigned(Hash64.of(tenant, id), partitions);
  }
}
