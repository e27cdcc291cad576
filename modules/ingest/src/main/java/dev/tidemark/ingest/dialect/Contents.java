package dev.tidemark.ingest.dialect;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.Set;

/** Arguments and results: measured, hashed, asked whether they tell a failure, and left behind. */
final class Contents {
  private static final int LONGEST = 1 << 16;
  private static final int DEEPEST = 64;
  private static final Set<String> FAILED = Set.of("error", "failed", "failure");
  private static final ObjectMapper JSON = mapper();

  private Contents() {}

  private static ObjectMapper mapper() {
    ObjectMapper mapper =
        JsonMapper.builder().enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS).build();
    mapper
        .getFactory()
        .setStreamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(DEEPEST).build());
    return mapper;
  }

  /** An attribute's value: text as it is, anything else as JSON. */
  static String text(Object value) {
    if (value instanceof String text) {
      return text;
    }
    try {
      return JSON.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      return "";
    }
  }

  /** The JSON in an attribute, text or structured; a missing node when there is none. */
  static JsonNode json(Object value) {
    if (value == null) {
      return MissingNode.getInstance();
    }
    return value instanceof String text ? parse(text) : JSON.valueToTree(value);
  }

  private static JsonNode parse(String text) {
    if (text.length() > LONGEST || !text.stripLeading().startsWith("{")) {
      return MissingNode.getInstance();
    }
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException notJson) {
      return MissingNode.getInstance();
    }
  }

  /** Size in UTF-8. */
  static long bytes(String text) {
    long bytes = text.length();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      bytes += c < 0x80 ? 0 : c < 0x800 || Character.isSurrogate(c) ? 1 : 2;
    }
    return bytes;
  }

  /**
   * Whether a result that was returned as an answer tells a failure: {@code isError} of the Model
   * Context Protocol, {@code error}, a {@code status} that says so, {@code success} or {@code ok}
   * that is false; also inside the messages LangChain wraps results in.
   */
  static boolean tellsFailure(String result) {
    boolean worthReading =
        result.contains("rror")
            || result.contains("\"status\"")
            || result.contains("\"success\"")
            || result.contains("\"ok\"");
    return worthReading && tellsFailure(parse(result), 0);
  }

  private static boolean tellsFailure(JsonNode node, int depth) {
    if (!node.isObject() || depth > 4) {
      return false;
    }
    if (node.path("isError").asBoolean()
        || node.path("is_error").asBoolean()
        || isSaid(node.path("error"))
        || FAILED.contains(node.path("status").asText())
        || isFalse(node.path("success"))
        || isFalse(node.path("ok"))) {
      return true;
    }
    JsonNode content = node.path("content");
    return tellsFailure(node.path("output"), depth + 1)
        || tellsFailure(node.path("kwargs"), depth + 1)
        || (content.isTextual() && tellsFailure(parse(content.asText()), depth + 1));
  }

  private static boolean isSaid(JsonNode error) {
    return error.isTextual()
        ? !error.asText().isEmpty()
        : error.isContainerNode() ? !error.isEmpty() : error.asBoolean();
  }

  private static boolean isFalse(JsonNode node) {
    return node.isBoolean() && !node.asBoolean();
  }
}
