package dev.tidemark.app;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.apache.avro.generic.IndexedRecord;

/**
 * Prints records in the format that was asked for. Records of a JSON document are kept until {@link
 * #finish}; lines are printed at once.
 */
final class RecordPrinter<R extends IndexedRecord> {
  private final Console console;
  private final OutputFormat format;
  private final Consumer<List<R>> asTable;
  private final List<R> kept = new ArrayList<>();

  /**
   * @param asTable prints the records for people
   */
  RecordPrinter(Console console, OutputFormat format, Consumer<List<R>> asTable) {
    this.console = console;
    this.format = format;
    this.asTable = asTable;
  }

  void print(R datum) {
    if (format == OutputFormat.jsonl) {
      console.data(AvroJson.of(datum).toString());
    } else {
      kept.add(datum);
    }
  }

  void finish() {
    switch (format) {
      case table -> asTable.accept(kept);
      case json -> {
        String body =
            String.join(",\n ", kept.stream().map(datum -> AvroJson.of(datum).toString()).toList());
        console.data("[" + body + "]");
      }
      case jsonl -> {}
    }
    kept.clear();
  }
}
