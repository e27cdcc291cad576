package dev.tidemark.embedded;

import java.util.List;

/**
 * A version as it is named in a path: a number from 1, or the latest.
 *
 * @param number 0 stands for the latest
 */
record VersionName(int number) {
  private static final int LATEST = 0;

  /**
   * Reads {@code latest}, {@code -1} or a number from 1.
   *
   * @throws RegistryError 42202 for anything else
   */
  static VersionName parse(String text) {
    if (text.equals("latest") || text.equals("-1")) {
      return new VersionName(LATEST);
    }
    if (!text.matches("[1-9][0-9]{0,8}")) {
      throw RegistryError.invalidVersion(text);
    }
    return new VersionName(Integer.parseInt(text));
  }

  boolean isLatest() {
    return number == LATEST;
  }

  /**
   * The version among those of its subject.
   *
   * @param versions oldest first, not empty
   * @throws RegistryError 40402 when it is not among them
   */
  StoredSchema in(List<StoredSchema> versions) {
    StoredSchema last = versions.get(versions.size() - 1);
    if (isLatest()) {
      return last;
    }
    return versions.stream()
        .filter(schema -> schema.version() == number)
        .findFirst()
        .orElseThrow(() -> RegistryError.versionNotFound(last.subject(), number));
  }
}
