package dev.tidemark.app;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.tidemark.core.cost.Price;
import dev.tidemark.core.cost.PriceBook;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Reads a price book from its JSON file, whose form the README of this room describes. Every
 * mistake is one sentence with the file, the line and the field. Prices are read as decimals: no
 * binary fraction touches money.
 */
final class PriceBookFile {
  private static final int FORMAT = 1;
  private static final long MOST_BYTES = 4L << 20;
  private static final int DECIMALS = 6;
  private static final BigDecimal MOST = BigDecimal.valueOf(Price.MOST, DECIMALS);
  private static final List<String> BOOK =
      List.of("format", "version", "currency", "note", "prices");
  private static final List<String> PRICE =
      List.of("provider", "model", "currency", "perMillionTokens");
  private static final List<String> TOKENS =
      List.of("input", "cacheRead", "cacheWrite", "output", "reasoning");
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private final Path path;

  /** Line of every value by its place, such as {@code /prices/3/model}. */
  private final Map<String, Integer> lines = new HashMap<>();

  private PriceBookFile(Path path) {
    this.path = path;
  }

  /**
   * The book in a file.
   *
   * @throws Failure with the exit code for wrong settings
   */
  static PriceBook read(Path path) {
    return new PriceBookFile(path.toAbsolutePath()).book();
  }

  private PriceBook book() {
    JsonNode root = parse(text());
    object(root, "", BOOK);
    if (!root.path("format").isInt() || root.path("format").intValue() != FORMAT) {
      throw wrong("/format", "has to be " + FORMAT + ": this version reads no other form");
    }
    String version = word(root, "", "version");
    if (root.has("note")) {
      word(root, "", "note");
    }
    JsonNode entries = root.path("prices");
    if (!entries.isArray()) {
      throw wrong("/prices", "has to be a list: give it one object per model");
    }
    var prices = new TreeMap<String, Price>();
    for (int i = 0; i < entries.size(); i++) {
      String at = "/prices/" + i;
      Price price = price(root, entries.get(i), at);
      if (prices.putIfAbsent(price.model() + "\n" + price.provider(), price) != null) {
        throw wrong(
            at + "/model",
            "is '" + price.model() + "' for the second time of one provider: remove one of them");
      }
    }
    return PriceBook.of(version, new ArrayList<>(prices.values()));
  }

  private Price price(JsonNode root, JsonNode entry, String at) {
    object(entry, at, PRICE);
    String provider = entry.has("provider") ? word(entry, at, "provider") : Price.ANY;
    String model = word(entry, at, "model");
    if (model.indexOf('*') >= 0 && model.indexOf('*') < model.length() - 1) {
      throw wrong(at + "/model", "may have one star, at its end: write the beginning, then a star");
    }
    boolean own = entry.has("currency");
    String currency = word(own ? entry : root, own ? at : "", "currency");
    if (!currency.matches("[A-Z]{3}")) {
      throw wrong(
          (own ? at : "") + "/currency", "has to be three capital letters: write it like USD");
    }
    String tokens = at + "/perMillionTokens";
    JsonNode of = entry.path("perMillionTokens");
    object(of, tokens, TOKENS);
    long input = amount(of, tokens, "input");
    long output = amount(of, tokens, "output");
    return new Price(
        provider,
        model,
        currency,
        input,
        of.has("cacheRead") ? amount(of, tokens, "cacheRead") : input,
        of.has("cacheWrite") ? amount(of, tokens, "cacheWrite") : input,
        output,
        of.has("reasoning") ? amount(of, tokens, "reasoning") : output);
  }

  private long amount(JsonNode node, String at, String field) {
    JsonNode value = node.path(field);
    if (value.isNumber()) {
      BigDecimal amount = value.decimalValue();
      if (amount.signum() >= 0
          && amount.compareTo(MOST) <= 0
          && amount.stripTrailingZeros().scale() <= DECIMALS) {
        return amount.movePointRight(DECIMALS).longValueExact();
      }
    }
    throw wrong(
        at + "/" + field,
        "has to be a number from 0 to "
            + MOST.toBigInteger()
            + " with at most "
            + DECIMALS
            + " decimals: write the price of a million tokens");
  }

  private String word(JsonNode node, String at, String field) {
    JsonNode value = node.path(field);
    if (!value.isTextual() || value.textValue().isBlank()) {
      throw wrong(at + "/" + field, "has to be a text that is not empty: write it in quotes");
    }
    return value.textValue();
  }

  private void object(JsonNode node, String at, List<String> known) {
    if (!node.isObject()) {
      throw wrong(at, "has to be an object with " + String.join(", ", known) + ": write it in {}");
    }
    for (Map.Entry<String, JsonNode> field : node.properties()) {
      if (!known.contains(field.getKey())) {
        throw wrong(
            at + "/" + field.getKey(),
            "is not known here: use " + String.join(", ", known) + " or remove it");
      }
    }
  }

  private byte[] text() {
    if (!Files.isRegularFile(path)) {
      throw Failure.config("--price-book " + path + " is not a file: check the path");
    }
    try {
      if (Files.size(path) > MOST_BYTES) {
        throw Failure.config(
            "--price-book "
                + path
                + " is larger than 4 MiB: that is no price book, check the path");
      }
      return Files.readAllBytes(path);
    } catch (IOException e) {
      throw Failure.config("--price-book " + path + " cannot be read: allow this user to read it");
    }
  }

  private JsonNode parse(byte[] text) {
    try (JsonParser parser = JSON.createParser(text)) {
      while (parser.nextToken() != null) {
        lines.putIfAbsent(
            parser.getParsingContext().pathAsPointer().toString(),
            parser.currentTokenLocation().getLineNr());
      }
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw Failure.config(
          "--price-book "
              + path
              + (e.getLocation() == null ? "" : ", line " + e.getLocation().getLineNr())
              + " is not the JSON it should be: "
              + e.getOriginalMessage().lines().findFirst().orElse("")
              + ": correct it there");
    } catch (IOException e) {
      throw new IllegalStateException("reading from memory failed", e);
    }
  }

  /** A sentence about a value; about one that is missing, with the line of what it misses in. */
  private Failure wrong(String at, String sentence) {
    String known = at;
    while (!lines.containsKey(known) && !known.isEmpty()) {
      known = known.substring(0, known.lastIndexOf('/'));
    }
    return Failure.config(
        "--price-book "
            + path
            + ", line "
            + lines.getOrDefault(known, 1)
            + ": "
            + (at.isEmpty() ? "the file" : at.substring(1).replace('/', '.'))
            + (known.equals(at) ? " " : " is missing or ")
            + sentence);
  }
}
