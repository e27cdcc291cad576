package dev.tidemark.query.answer;

import dev.tidemark.records.SeriesKey;

/** A series as the API shows it; an empty dimension does not apply. */
record SeriesName(
    String tenant,
    String environment,
    String kind,
    String name,
    String agentName,
    String agentVersion,
    String toolVersion,
    String modelBackend) {

  static SeriesName of(SeriesKey key) {
    return new SeriesName(
        key.getTenant(),
        key.getEnvironment(),
        key.getSubjectKind().name(),
        key.getSubjectName(),
        key.getAgentName(),
        key.getAgentVersion(),
        key.getToolVersion(),
        key.getModelBackend());
  }
}
