package dev.tidemark.embedded;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * State of the registry: subjects, versions, ids, levels and modes after all changes so far. Pure
 * memory, changed only by {@link #apply}; not thread-safe.
 */
final class SubjectStore {
  private final NavigableMap<String, NavigableMap<Integer, StoredSchema>> subjects =
      new TreeMap<>();
  private final Map<String, CompatibilityLevel> levels = new HashMap<>();
  private final Map<String, RegistryMode> modes = new HashMap<>();
  private int highestId;

  /** Takes one step of the history; the same step twice is one. */
  void apply(Change change) {
    if (change instanceof Change.Stored stored) {
      StoredSchema schema = stored.schema();
      subjects
          .computeIfAbsent(schema.subject(), name -> new TreeMap<>())
          .put(schema.version(), schema);
      highestId = Math.max(highestId, schema.id());
    } else if (change instanceof Change.Erased erased) {
      subjects.computeIfPresent(
          erased.subject(),
          (name, versions) -> {
            versions.remove(erased.version());
            return versions.isEmpty() ? null : versions;
          });
    } else if (change instanceof Change.IdsUsed used) {
      highestId = Math.max(highestId, used.highest());
    } else if (change instanceof Change.LevelSet set) {
      put(levels, set.subject(), set.level());
    } else if (change instanceof Change.ModeSet set) {
      put(modes, set.subject(), set.mode());
    }
  }

  /** Highest id ever given away. */
  int highestId() {
    return highestId;
  }

  /** Names of subjects with a version that is there, in alphabetical order. */
  List<String> subjects(boolean withDeleted) {
    return subjects.keySet().stream()
        .filter(subject -> !versions(subject, withDeleted).isEmpty())
        .toList();
  }

  /** Versions of a subject, oldest first; empty when there is none. */
  List<StoredSchema> versions(String subject, boolean withDeleted) {
    return subjects.getOrDefault(subject, new TreeMap<>()).values().stream()
        .filter(schema -> withDeleted || !schema.deleted())
        .toList();
  }

  /** All places where the id is used. */
  List<StoredSchema> withId(int id) {
    return all().filter(schema -> schema.id() == id).toList();
  }

  /** Id of a text, whichever subject has it. */
  Optional<Integer> idOf(String text) {
    return all().filter(schema -> schema.text().equals(text)).map(StoredSchema::id).findFirst();
  }

  /** Level set for exactly this subject, or for {@link Change#GLOBAL}. */
  Optional<CompatibilityLevel> ownLevel(String subject) {
    return Optional.ofNullable(levels.get(subject));
  }

  /** Level that counts for the subject. */
  CompatibilityLevel level(String subject) {
    return ownLevel(subject).or(() -> ownLevel(Change.GLOBAL)).orElse(CompatibilityLevel.BACKWARD);
  }

  /** Mode set for exactly this subject, or for {@link Change#GLOBAL}. */
  Optional<RegistryMode> ownMode(String subject) {
    return Optional.ofNullable(modes.get(subject));
  }

  /** Mode that counts for the subject. */
  RegistryMode mode(String subject) {
    return ownMode(subject).or(() -> ownMode(Change.GLOBAL)).orElse(RegistryMode.READWRITE);
  }

  private Stream<StoredSchema> all() {
    return subjects.values().stream().map(Map::values).flatMap(Collection::stream);
  }

  private static <V> void put(Map<String, V> map, String subject, V value) {
    if (value == null) {
      map.remove(subject);
    } else {
      map.put(subject, value);
    }
  }
}
