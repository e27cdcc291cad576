package dev.tidemark.embedded;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A method and a path such as {@code /subjects/{subject}/versions}, and what answers there.
 *
 * @param segments parts of the path; a part in braces stands for any
 */
record Route(String method, List<String> segments, Handler handler) {
  /** Gives the answer, which is written as JSON. */
  interface Handler {
    Object answer(Call call);
  }

  static Route of(String method, String template, Handler handler) {
    return new Route(method, segments(template), handler);
  }

  /** Parts of a path, without the first slash and one at the end. */
  static List<String> segments(String path) {
    String inner = path.replaceFirst("^/", "").replaceFirst("/$", "");
    return inner.isEmpty() ? List.of() : List.of(inner.split("/", -1));
  }

  /** Variables of the path when it fits. */
  Optional<Map<String, String>> match(List<String> path) {
    if (path.size() != segments.size()) {
      return Optional.empty();
    }
    var variables = new HashMap<String, String>();
    for (int i = 0; i < path.size(); i++) {
      String segment = segments.get(i);
      if (segment.startsWith("{")) {
        variables.put(segment.substring(1, segment.length() - 1), path.get(i));
      } else if (!segment.equals(path.get(i))) {
        return Optional.empty();
      }
    }
    return Optional.of(variables);
  }
}
