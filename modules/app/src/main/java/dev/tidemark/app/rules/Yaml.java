package dev.tidemark.app.rules;

import dev.tidemark.app.Failure;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;

/** A YAML file as nodes that know their lines, and the sentences about what is wrong in it. */
final class Yaml {
  private static final long MOST_BYTES = 1L << 20;
  private final Path path;

  Yaml(Path path) {
    this.path = path.toAbsolutePath();
  }

  /**
   * The mapping at the top.
   *
   * @throws Failure with the exit code for wrong settings
   */
  YamlMap read() {
    String text = text();
    Node root;
    try {
      root =
          new Compose(LoadSettings.builder().setLabel(path.toString()).build())
              .composeString(text)
              .orElse(null);
    } catch (MarkedYamlEngineException e) {
      int line = e.getProblemMark().map(mark -> mark.getLine() + 1).orElse(1);
      throw wrong(line, "is not YAML: " + e.getProblem() + ": correct it there");
    } catch (YamlEngineException e) {
      throw wrong(1, "is not YAML: " + firstLine(e) + ": correct it");
    }
    if (root instanceof MappingNode mapping) {
      return new YamlMap(this, "", mapping);
    }
    throw wrong(1, "has to be a mapping: begin with a line like 'budget: 1'");
  }

  private String text() {
    if (!Files.isRegularFile(path)) {
      throw Failure.config("--rules " + path + " is not a file: check the path");
    }
    try {
      if (Files.size(path) > MOST_BYTES) {
        throw Failure.config(
            "--rules " + path + " is larger than 1 MiB: these are no rules, check the path");
      }
      return Files.readString(path);
    } catch (CharacterCodingException e) {
      throw Failure.config("--rules " + path + " is not UTF-8: save it as UTF-8");
    } catch (IOException e) {
      throw Failure.config("--rules " + path + " cannot be read: allow this user to read it");
    }
  }

  private static String firstLine(Exception e) {
    return e.getMessage() == null ? "" : e.getMessage().lines().findFirst().orElse("");
  }

  static int lineOf(Node node) {
    return node.getStartMark().map(mark -> mark.getLine() + 1).orElse(1);
  }

  /** One sentence: file, line, what, and how to fix it. */
  Failure wrong(int line, String sentence) {
    return Failure.config("--rules " + path + ", line " + line + ": " + sentence);
  }
}
