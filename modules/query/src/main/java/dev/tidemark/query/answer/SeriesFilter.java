package dev.tidemark.query.answer;

import dev.tidemark.query.http.Params;
import dev.tidemark.records.SeriesKey;
import dev.tidemark.records.SubjectKind;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Which series a question is about; kind and name are null when any will do. */
record SeriesFilter(SubjectKind kind, String name, Map<Dimension, String> dimensions) {

  static SeriesFilter of(Params params, SubjectKind kind, String name) {
    var dimensions = new EnumMap<Dimension, String>(Dimension.class);
    for (Dimension dimension : Dimension.values()) {
      params.text(dimension.parameter()).ifPresent(value -> dimensions.put(dimension, value));
    }
    return new SeriesFilter(kind, name, dimensions);
  }

  /** Parameter names of the dimensions and some more. */
  static Set<String> parameters(String... more) {
    var names = new HashSet<>(Set.of(more));
    for (Dimension dimension : Dimension.values()) {
      names.add(dimension.parameter());
    }
    return names;
  }

  boolean accepts(SeriesKey key) {
    return (kind == null || key.getSubjectKind() == kind)
        && (name == null || name.equals(key.getSubjectName()))
        && dimensions.entrySet().stream()
            .allMatch(entry -> entry.getKey().of(key).equals(entry.getValue()));
  }
}
