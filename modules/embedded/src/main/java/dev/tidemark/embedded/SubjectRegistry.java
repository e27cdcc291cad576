package dev.tidemark.embedded;

import java.util.List;
import java.util.function.Function;

/**
 * The registry without its wire: decides, appends to the log, and learns its own changes from
 * there, so that memory never knows more than the log. Thread-safe; writes go one after the other,
 * and a slow log does not hold up questions.
 */
final class SubjectRegistry implements AutoCloseable {
  private final Object writing = new Object();
  private final SubjectStore store = new SubjectStore();
  private final SubjectQueries queries = new SubjectQueries(store);
  private final SubjectDecisions decisions = new SubjectDecisions(store);
  private final SchemaLog log;

  /** Reads the log to its end. */
  SubjectRegistry(SchemaLog log) {
    this.log = log;
    catchUp();
  }

  /** Answers from what is known now. */
  <R> R ask(Function<SubjectQueries, R> question) {
    synchronized (store) {
      return question.apply(queries);
    }
  }

  /** Decides on the newest state, makes the changes safe, and applies them. */
  List<Change> change(Function<SubjectDecisions, List<Change>> decision) {
    synchronized (writing) {
      catchUp();
      List<Change> changes;
      synchronized (store) {
        changes = decision.apply(decisions);
      }
      if (!changes.isEmpty()) {
        log.append(changes);
        catchUp();
      }
      return changes;
    }
  }

  @Override
  public void close() {
    synchronized (writing) {
      log.close();
    }
  }

  private void catchUp() {
    log.read(
        change -> {
          synchronized (store) {
            store.apply(change);
          }
        });
  }
}
