package dev.tidemark.wire;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.avro.Schema;

/** The schemas of this build and of every release, read from their files. */
final class SchemaFiles {
  private static final String SUFFIX = ".avsc";
  private static final Path ROOT =
      Path.of(System.getProperty("basedir", "."), "..", "..", "schemas").normalize();

  private SchemaFiles() {}

  /** Named schemas of this build by short name. */
  static Map<String, Schema> current() {
    return read(ROOT);
  }

  /** Versions that have been released, oldest first. */
  static List<String> releases() {
    return list(ROOT.resolve("released")).map(path -> path.getFileName().toString()).toList();
  }

  /** Named schemas of a release by short name. */
  static Map<String, Schema> released(String version) {
    return read(ROOT.resolve("released").resolve(version));
  }

  private static Map<String, Schema> read(Path folder) {
    Map<String, String> texts = new TreeMap<>();
    list(folder)
        .filter(file -> file.toString().endsWith(SUFFIX))
        .forEach(file -> texts.put(file.getFileName().toString().replace(SUFFIX, ""), text(file)));
    var parser = new Schema.Parser();
    Map<String, Schema> schemas = new TreeMap<>();
    texts.keySet().forEach(name -> parse(name, texts, parser, schemas));
    return schemas;
  }

  /** A type is parsed after those it names. */
  private static void parse(
      String name, Map<String, String> texts, Schema.Parser parser, Map<String, Schema> schemas) {
    if (!schemas.containsKey(name)) {
      texts.keySet().stream()
          .filter(other -> !other.equals(name) && texts.get(name).contains('"' + other + '"'))
          .forEach(other -> parse(other, texts, parser, schemas));
      schemas.put(name, parser.parse(texts.get(name)));
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Stream<Path> list(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
