package dev.tidemark.embedded;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/**
 * One request, as far as a route has to know it.
 *
 * @param path variables of the route, decoded
 * @param query parameters, decoded
 * @param body JSON object; a missing node when there is none
 */
record Call(Map<String, String> path, Map<String, String> query, JsonNode body) {
  String path(String name) {
    return path.get(name);
  }

  boolean flag(String name) {
    return Boolean.parseBoolean(query.get(name));
  }

  /** A text of the body; empty when it is missing. */
  String text(String name) {
    return body.path(name).asText("");
  }
}
