package dev.tidemark.embedded;

import java.util.List;

/** A refusal with the error codes that clients of Confluent's registry know. */
final class RegistryError extends RuntimeException {
  private final int status;
  private final int code;

  private RegistryError(int status, int code, String message) {
    super(message);
    this.status = status;
    this.code = code;
  }

  int status() {
    return status;
  }

  int code() {
    return code;
  }

  /** An error of HTTP itself, whose code is its status. */
  static RegistryError http(int status, String message) {
    return new RegistryError(status, status, message);
  }

  static RegistryError subjectNotFound(String subject) {
    return notFound(40401, "subject '" + subject + "' not found: register a schema under it");
  }

  static RegistryError versionNotFound(String subject, int version) {
    return notFound(40402, "subject '" + subject + "' has no version " + version);
  }

  static RegistryError schemaNotFound(String where) {
    return notFound(40403, "schema not found " + where);
  }

  static RegistryError subjectSoftlyDeleted(String subject) {
    return notFound(
        40404, "subject '" + subject + "' is already deleted: add permanent=true to erase it");
  }

  static RegistryError subjectNotSoftlyDeleted(String subject) {
    return notFound(
        40405, "subject '" + subject + "' must be deleted without permanent=true before");
  }

  static RegistryError versionSoftlyDeleted(String subject, int version) {
    return notFound(
        40406,
        "version "
            + version
            + " of subject '"
            + subject
            + "' is already deleted: add permanent=true to erase it");
  }

  static RegistryError versionNotSoftlyDeleted(String subject, int version) {
    return notFound(
        40407,
        "version "
            + version
            + " of subject '"
            + subject
            + "' must be deleted without permanent=true before");
  }

  static RegistryError noLevel(String subject) {
    return notFound(
        40408, "subject '" + subject + "' has no level of its own: add defaultToGlobal=true");
  }

  static RegistryError noMode(String subject) {
    return notFound(
        40409, "subject '" + subject + "' has no mode of its own: add defaultToGlobal=true");
  }

  static RegistryError incompatible(String subject, List<String> objections) {
    return new RegistryError(
        409,
        409,
        "schema is incompatible with an earlier one of subject '"
            + subject
            + "': "
            + String.join("; ", objections));
  }

  static RegistryError invalidSchema(String why) {
    return unprocessable(42201, "schema is not valid: " + why);
  }

  static RegistryError invalidVersion(String version) {
    return unprocessable(
        42202, "version '" + version + "' is not one: use a number from 1, 'latest' or -1");
  }

  static RegistryError invalidLevel(String level) {
    return unprocessable(
        42203,
        "compatibility '"
            + level
            + "' is not a level: use one of "
            + List.of(CompatibilityLevel.values()));
  }

  static RegistryError invalidMode(String mode) {
    return unprocessable(
        42204, "mode '" + mode + "' is not one: use one of " + List.of(RegistryMode.values()));
  }

  static RegistryError notPermitted(String why) {
    return unprocessable(42205, why);
  }

  static RegistryError invalidSubject() {
    return unprocessable(
        42208, "subject name is not one: use 1 to 255 characters without control characters");
  }

  static RegistryError store(String why) {
    return new RegistryError(500, 50001, why);
  }

  static RegistryError storeTimeout(String why) {
    return new RegistryError(500, 50002, why);
  }

  private static RegistryError notFound(int code, String message) {
    return new RegistryError(404, code, message);
  }

  private static RegistryError unprocessable(int code, String message) {
    return new RegistryError(422, code, message);
  }
}
