package dev.tidemark.app;

/** How data is printed. */
enum OutputFormat {
  /** Aligned columns for people. */
  table,
  /** One JSON document. */
  json,
  /** One JSON document per line, as soon as it is known. */
  jsonl
}
