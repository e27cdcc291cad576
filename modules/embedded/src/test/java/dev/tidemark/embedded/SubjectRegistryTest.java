package dev.tidemark.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class SubjectRegistryTest {
  private static final VersionName LATEST = VersionName.parse("latest");

  private final MemoryLog log = new MemoryLog();
  private SubjectRegistry registry = new SubjectRegistry(log);

  @Test
  void shouldGiveDenseIdsFromOne() {
    assertThat(register("a", Schemas.V1)).isEqualTo(1);
    assertThat(register("a", Schemas.V2)).isEqualTo(2);
    assertThat(register("b", Schemas.STRING)).isEqualTo(3);
  }

  @Test
  void shouldShareTheIdOfATextBetweenSubjects() {
    assertThat(register("a", Schemas.V1)).isEqualTo(register("b", Schemas.V1)).isEqualTo(1);
    List<StoredSchema> uses = registry.ask(q -> q.uses(1, false));
    assertThat(uses).extracting(StoredSchema::subject).containsExactly("a", "b");
  }

  @Test
  void shouldWriteNothingWhenTheSubjectHasTheSchema() {
    register("a", Schemas.V1);
    register("a", Schemas.V2);
    assertThat(registry.change(d -> d.register("a", submission(Schemas.V1)))).isEmpty();
  }

  @Test
  void shouldHoldNewSchemasAgainstTheLevel() {
    register("a", Schemas.V1);
    assertRefused(409, () -> register("a", Schemas.V3));
    registry.change(d -> d.setLevel("a", "NONE"));
    assertThat(register("a", Schemas.V3)).isEqualTo(2);
  }

  @Test
  void shouldPreferTheLevelOfTheSubjectToTheGlobalOne() {
    registry.change(d -> d.setLevel(Change.GLOBAL, "NONE"));
    registry.change(d -> d.setLevel("a", "FULL"));
    assertThat(level("a")).isEqualTo(CompatibilityLevel.FULL);
    assertThat(level("b")).isEqualTo(CompatibilityLevel.NONE);
    registry.change(d -> d.clearLevel("a"));
    assertThat(level("a")).isEqualTo(CompatibilityLevel.NONE);
  }

  @Test
  void shouldKeepDeletedSchemasReadableById() {
    register("a", Schemas.V1);
    registry.change(d -> d.delete("a", false));
    String text = registry.ask(q -> q.schema(1));
    assertThat(text).isEqualTo(Schemas.V1);
    assertThat(subjects(false)).isEmpty();
    assertThat(subjects(true)).containsExactly("a");
  }

  @Test
  void shouldComeBackWithANewVersionAndTheOldId() {
    register("a", Schemas.V1);
    registry.change(d -> d.delete("a", false));
    assertThat(register("a", Schemas.V1)).isEqualTo(1);
    assertThat(registry.ask(q -> q.version("a", LATEST, false)).version()).isEqualTo(2);
  }

  @Test
  void shouldNeverGiveAnErasedIdAgain() {
    register("a", Schemas.V1);
    registry.change(d -> d.delete("a", false));
    registry.change(d -> d.delete("a", true));
    assertRefused(40403, () -> registry.ask(q -> q.schema(1)));
    restart();
    assertThat(register("b", Schemas.STRING)).isEqualTo(2);
  }

  @Test
  void shouldForgetTheSettingsOfADeletedSubject() {
    register("a", Schemas.V1);
    registry.change(d -> d.setLevel("a", "FULL"));
    registry.change(d -> d.delete("a", false));
    assertRefused(40408, () -> registry.ask(q -> q.level("a", false)));
  }

  @Test
  void shouldKnowEverythingAfterARestart() {
    register("a", Schemas.V1);
    register("a", Schemas.V2);
    registry.change(d -> d.delete("a", LATEST, false));
    registry.change(d -> d.setLevel("a", "FULL"));
    registry.change(d -> d.setMode(Change.GLOBAL, "READONLY"));
    restart();
    List<StoredSchema> versions = registry.ask(q -> q.versions("a", true));
    assertThat(versions).extracting(StoredSchema::deleted).containsExactly(false, true);
    assertThat(level("a")).isEqualTo(CompatibilityLevel.FULL);
    assertRefused(42205, () -> register("b", Schemas.V1));
  }

  @Test
  void shouldNotKnowWhatTheLogDidNotTake() {
    log.failFromNowOn();
    assertRefused(50002, () -> register("a", Schemas.V1));
    assertThat(subjects(true)).isEmpty();
  }

  @Test
  void shouldNotHaveAnythingAgainstANewSubject() {
    List<String> all = registry.ask(q -> q.objections("new", submission(Schemas.V1)));
    List<String> latest = registry.ask(q -> q.objections("new", submission(Schemas.V1), LATEST));
    assertThat(all).isEmpty();
    assertThat(latest).isEmpty();
  }

  private List<String> subjects(boolean withDeleted) {
    return registry.ask(q -> q.subjects(withDeleted));
  }

  private CompatibilityLevel level(String subject) {
    return registry.ask(q -> q.level(subject, true));
  }

  private void restart() {
    registry = new SubjectRegistry(log.reopened());
  }

  private int register(String subject, String text) {
    registry.change(d -> d.register(subject, submission(text)));
    return registry.ask(q -> q.lookup(subject, submission(text), false)).id();
  }

  private static Submission submission(String text) {
    return Submission.of(text, false);
  }

  private static void assertRefused(int code, Runnable request) {
    assertThatThrownBy(request::run)
        .isInstanceOfSatisfying(
            RegistryError.class, error -> assertThat(error.code()).isEqualTo(code));
  }
}
