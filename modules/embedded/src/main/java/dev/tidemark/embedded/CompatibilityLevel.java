package dev.tidemark.embedded;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.Incompatibility;

/** What a new schema of a subject owes to the earlier ones; names as in Confluent's registry. */
enum CompatibilityLevel {
  NONE(false, false, false),
  BACKWARD(true, false, false),
  BACKWARD_TRANSITIVE(true, false, true),
  FORWARD(false, true, false),
  FORWARD_TRANSITIVE(false, true, true),
  FULL(true, true, false),
  FULL_TRANSITIVE(true, true, true);

  private final boolean newReadsOld;
  private final boolean oldReadsNew;
  private final boolean transitive;

  CompatibilityLevel(boolean newReadsOld, boolean oldReadsNew, boolean transitive) {
    this.newReadsOld = newReadsOld;
    this.oldReadsNew = oldReadsNew;
    this.transitive = transitive;
  }

  static Optional<CompatibilityLevel> named(String name) {
    return List.of(values()).stream().filter(level -> level.name().equals(name)).findFirst();
  }

  /**
   * What speaks against the candidate, by Avro's reader and writer rules.
   *
   * @param earlier schemas of the subject, oldest first
   * @return one sentence each; empty when it is compatible
   */
  List<String> objections(Schema candidate, List<Schema> earlier) {
    int first = transitive ? 0 : Math.max(0, earlier.size() - 1);
    var objections = new ArrayList<String>();
    for (Schema old : earlier.subList(first, earlier.size())) {
      if (newReadsOld) {
        objections.addAll(unread(candidate, old, "new schema cannot read data of an earlier one"));
      }
      if (oldReadsNew) {
        objections.addAll(unread(old, candidate, "an earlier schema cannot read data of the new"));
      }
    }
    return objections;
  }

  private static List<String> unread(Schema reader, Schema writer, String what) {
    return SchemaCompatibility.checkReaderWriterCompatibility(reader, writer)
        .getResult()
        .getIncompatibilities()
        .stream()
        .map(found -> what + ": " + describe(found))
        .toList();
  }

  private static String describe(Incompatibility found) {
    return found.getType() + " at " + found.getLocation() + " (" + found.getMessage() + ")";
  }
}
