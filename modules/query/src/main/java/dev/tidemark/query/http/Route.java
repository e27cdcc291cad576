package dev.tidemark.query.http;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * One path of the API.
 *
 * @param path template, such as {@code /api/v1/runs/{traceId}}
 * @param parameters names allowed in the query string
 * @param answer gives a value that is sent as JSON
 */
public record Route(String path, Set<String> parameters, Function<Params, Object> answer) {
  /** Copies the names. */
  public Route {
    parameters = Set.copyOf(parameters);
  }

  /** Values of the variable segments when the path fits; empty when it does not. */
  Optional<Map<String, String>> match(String asked) {
    String[] template = path.split("/", -1);
    String[] segments = asked.split("/", -1);
    if (template.length != segments.length) {
      return Optional.empty();
    }
    var values = new LinkedHashMap<String, String>();
    for (int i = 0; i < template.length; i++) {
      if (template[i].startsWith("{") && !segments[i].isEmpty()) {
        values.put(template[i].substring(1, template[i].length() - 1), segments[i]);
      } else if (!template[i].equals(segments[i])) {
        return Optional.empty();
      }
    }
    return Optional.of(values);
  }
}
