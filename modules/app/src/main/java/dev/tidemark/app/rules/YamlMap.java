package dev.tidemark.app.rules;

import dev.tidemark.app.Failure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** A mapping of the rules file, asked for values of the right kind. */
final class YamlMap {
  private final Yaml file;
  private final String at;
  private final int line;
  private final Map<String, Node> values = new LinkedHashMap<>();
  private final Map<String, Integer> lines = new LinkedHashMap<>();

  YamlMap(Yaml file, String at, MappingNode node) {
    this.file = file;
    this.at = at;
    this.line = Yaml.lineOf(node);
    for (NodeTuple tuple : node.getValue()) {
      if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
        throw file.wrong(Yaml.lineOf(tuple.getKeyNode()), "a key has to be a word: write it so");
      }
      String name = key.getValue();
      lines.put(name, Yaml.lineOf(key));
      if (values.put(name, tuple.getValueNode()) != null) {
        throw wrong(name, "is there twice: remove one of them");
      }
    }
  }

  /** Refuses keys that are not known. */
  YamlMap only(String... known) {
    for (String key : values.keySet()) {
      if (!Arrays.asList(known).contains(key)) {
        throw wrong(
            key,
            "is not known"
                + Nearest.to(key, List.of(known))
                    .map(s -> ": did you mean " + s + "?")
                    .orElse(": use " + String.join(", ", known)));
      }
    }
    return this;
  }

  boolean has(String key) {
    return values.containsKey(key);
  }

  Set<String> keys() {
    return values.keySet();
  }

  /** Text that is not empty. */
  String text(String key) {
    Node node = values.get(key);
    if (node == null) {
      throw file.wrong(line, name(key) + " is missing: add it");
    }
    if (node instanceof ScalarNode scalar && !scalar.getValue().isBlank()) {
      return scalar.getValue().strip();
    }
    throw wrong(key, "has to be one value that is not empty: write it on the same line");
  }

  String text(String key, String otherwise) {
    return has(key) ? text(key) : otherwise;
  }

  /** One of a set of words. */
  <T> T word(String key, Map<String, T> known) {
    String word = text(key).toLowerCase(Locale.ROOT);
    T meant = known.get(word);
    if (meant == null) {
      throw wrong(
          key,
          "'"
              + text(key)
              + "' is not known"
              + Nearest.to(word, known.keySet())
                  .map(s -> ": did you mean " + s + "?")
                  .orElse(": use one of " + String.join(", ", known.keySet())));
    }
    return meant;
  }

  /** A finite number above a bound, or at it. */
  double number(String key, double least) {
    double value = parsed(key, text(key), "1");
    if (value < least) {
      throw wrong(key, text(key) + " is below " + Numbers.plain(least) + ": raise it");
    }
    return value;
  }

  /** A share of one: a number from 0 to 1 or a percentage. */
  double share(String key) {
    String text = text(key);
    double value =
        text.endsWith("%")
            ? parsed(key, text.substring(0, text.length() - 1).strip(), "5%") / 100
            : parsed(key, text, "0.05 or 5%");
    if (value < 0 || value > 1) {
      throw wrong(key, text + " is not between 0 and 1: write it like 0.05 or 5%");
    }
    return value;
  }

  private double parsed(String key, String text, String example) {
    return Numbers.finite(text)
        .orElseThrow(
            () -> wrong(key, "'" + text + "' is not a finite number: write it like " + example));
  }

  /** A whole number from a bound on. */
  int whole(String key, int otherwise, int least, int most) {
    if (!has(key)) {
      return otherwise;
    }
    String text = text(key);
    try {
      int value = Integer.parseInt(text);
      if (value >= least && value <= most) {
        return value;
      }
    } catch (NumberFormatException e) {
      throw wrong(key, "'" + text + "' is not a whole number: use " + least + " to " + most);
    }
    throw wrong(key, text + " is out of range: use " + least + " to " + most);
  }

  /** A time span longer than nothing. */
  Duration duration(String key) {
    String text = text(key);
    return Numbers.duration(text)
        .orElseThrow(
            () ->
                wrong(
                    key, "'" + text + "' is not a time span above 0: write it like 30s, 5m or 6h"));
  }

  Duration duration(String key, Duration otherwise) {
    return has(key) ? duration(key) : otherwise;
  }

  YamlMap map(String key) {
    if (values.get(key) instanceof MappingNode mapping) {
      return new YamlMap(file, name(key), mapping);
    }
    throw wrong(key, "has to be a mapping: write one 'name: value' per line below it");
  }

  /** What a function makes of every mapping of a list; nothing when the key is not there. */
  <T> List<T> each(String key, Function<YamlMap, T> make) {
    if (!has(key)) {
      return List.of();
    }
    if (!(values.get(key) instanceof SequenceNode sequence)) {
      throw wrong(key, "has to be a list: begin every entry with a dash");
    }
    List<T> made = new ArrayList<>();
    for (Node node : sequence.getValue()) {
      if (!(node instanceof MappingNode mapping)) {
        throw file.wrong(Yaml.lineOf(node), name(key) + " has to be a list of mappings");
      }
      made.add(make.apply(new YamlMap(file, name(key) + "[" + made.size() + "]", mapping)));
    }
    return made;
  }

  /** A sentence about a key that is there, or about the mapping it misses in. */
  Failure wrong(String key, String sentence) {
    return file.wrong(lines.getOrDefault(key, line), name(key) + " " + sentence);
  }

  /** A sentence about the mapping as a whole. */
  Failure wrong(String sentence) {
    return file.wrong(line, (at.isEmpty() ? "the file" : at) + " " + sentence);
  }

  private String name(String key) {
    return at.isEmpty() ? key : at + "." + key;
  }
}
