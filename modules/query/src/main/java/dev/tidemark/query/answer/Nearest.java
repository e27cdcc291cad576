package dev.tidemark.query.answer;

import dev.tidemark.query.http.ApiException;
import dev.tidemark.records.SeriesKey;
import dev.tidemark.records.SubjectKind;
import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** The name somebody probably meant. */
final class Nearest {
  private Nearest() {}

  /** A subject that nobody has seen; kind is null when any would have done. */
  static ApiException unknownSubject(SubjectKind kind, String name, Collection<SeriesKey> known) {
    boolean named =
        known.stream().anyMatch(key -> is(kind, key) && key.getSubjectName().equals(name));
    String what = kind == null ? "subject" : kind.name().toLowerCase(Locale.ROOT);
    String all = "/api/v1/subjects" + (kind == null ? "" : "?kind=" + kind);
    if (named) {
      return ApiException.notFound(
          "no series of " + what + " '" + name + "' has these versions",
          "see " + all + " for the versions seen");
    }
    return ApiException.notFound(
        "no " + what + " '" + name + "' has been seen",
        name(kind, name, known)
            .map(near -> "did you mean '" + near + "'?")
            .orElse("see " + all + " for the names seen"));
  }

  private static boolean is(SubjectKind kind, SeriesKey key) {
    return kind == null || key.getSubjectKind() == kind;
  }

  private static Optional<String> name(SubjectKind kind, String name, Collection<SeriesKey> known) {
    int enough = Math.max(2, name.length() / 3);
    return known.stream()
        .filter(key -> is(kind, key))
        .map(SeriesKey::getSubjectName)
        .distinct()
        .filter(other -> Math.abs(other.length() - name.length()) <= enough)
        .filter(other -> distance(name, other) <= enough)
        .min(Comparator.comparingInt((String other) -> distance(name, other)));
  }

  /** Levenshtein distance, two rows. */
  static int distance(String a, String b) {
    int[] above = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      above[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int[] row = new int[b.length() + 1];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int swap = above[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        row[j] = Math.min(swap, Math.min(above[j], row[j - 1]) + 1);
      }
      above = row;
    }
    return above[b.length()];
  }
}
