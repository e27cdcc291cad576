package dev.tidemark.embedded;

import com.fasterxml.jackson.databind.util.RawValue;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** The part of the Confluent registry's REST interface that is offered here. */
final class RegistryRoutes {
  private static final int LONGEST_SUBJECT = 255;
  private final SubjectRegistry registry;

  /** Where an id is used, as written to clients. */
  record Place(String subject, int version) {}

  RegistryRoutes(SubjectRegistry registry) {
    this.registry = registry;
  }

  List<Route> all() {
    return List.of(
        Route.of("GET", "/", call -> Map.of()),
        Route.of("GET", "/schemas/types", call -> List.of("AVRO")),
        Route.of("GET", "/schemas/ids/{id}", call -> Map.of("schema", schemaById(call))),
        Route.of("GET", "/schemas/ids/{id}/schema", call -> new RawValue(schemaById(call))),
        Route.of("GET", "/schemas/ids/{id}/subjects", this::subjectsOfId),
        Route.of("GET", "/schemas/ids/{id}/versions", this::versionsOfId),
        Route.of("GET", "/subjects", call -> ask(q -> q.subjects(call.flag("deleted")))),
        Route.of("POST", "/subjects/{subject}", this::lookup),
        Route.of("DELETE", "/subjects/{subject}", this::deleteSubject),
        Route.of("GET", "/subjects/{subject}/versions", this::versions),
        Route.of("POST", "/subjects/{subject}/versions", this::register),
        Route.of("GET", "/subjects/{subject}/versions/{version}", call -> full(version(call))),
        Route.of(
            "GET",
            "/subjects/{subject}/versions/{version}/schema",
            call -> new RawValue(version(call).text())),
        Route.of("DELETE", "/subjects/{subject}/versions/{version}", this::deleteVersion),
        Route.of("POST", "/compatibility/subjects/{subject}/versions", this::compatible),
        Route.of("POST", "/compatibility/subjects/{subject}/versions/{version}", this::compatible),
        Route.of("GET", "/config", this::level),
        Route.of("PUT", "/config", this::setLevel),
        Route.of("DELETE", "/config", this::clearLevel),
        Route.of("GET", "/config/{subject}", this::level),
        Route.of("PUT", "/config/{subject}", this::setLevel),
        Route.of("DELETE", "/config/{subject}", this::clearLevel),
        Route.of("GET", "/mode", this::mode),
        Route.of("PUT", "/mode", this::setMode),
        Route.of("GET", "/mode/{subject}", this::mode),
        Route.of("PUT", "/mode/{subject}", this::setMode));
  }

  private Object subjectsOfId(Call call) {
    return uses(call).stream().map(StoredSchema::subject).distinct().toList();
  }

  private Object versionsOfId(Call call) {
    return uses(call).stream().map(use -> new Place(use.subject(), use.version())).toList();
  }

  private Object versions(Call call) {
    return ask(q -> q.versions(call.path("subject"), call.flag("deleted"))).stream()
        .map(StoredSchema::version)
        .toList();
  }

  private Object lookup(Call call) {
    Submission submission = submission(call);
    return full(ask(q -> q.lookup(call.path("subject"), submission, call.flag("deleted"))));
  }

  private Object register(Call call) {
    if (call.body().path("id").asInt(0) > 0) {
      throw RegistryError.notPermitted("an id cannot be chosen: leave it out");
    }
    String subject = subjectToChange(call);
    Submission submission = submission(call);
    registry.change(d -> d.register(subject, submission));
    return Map.of("id", ask(q -> q.lookup(subject, submission, true)).id());
  }

  private Object deleteSubject(Call call) {
    return versionsIn(registry.change(d -> d.delete(call.path("subject"), call.flag("permanent"))));
  }

  private Object deleteVersion(Call call) {
    VersionName version = VersionName.parse(call.path("version"));
    return versionsIn(
            registry.change(d -> d.delete(call.path("subject"), version, call.flag("permanent"))))
        .get(0);
  }

  private Object compatible(Call call) {
    String subject = call.path("subject");
    Submission submission = submission(call);
    List<String> objections =
        call.path().containsKey("version")
            ? against(VersionName.parse(call.path("version")), subject, submission)
            : ask(q -> q.objections(subject, submission));
    var answer = new LinkedHashMap<String, Object>();
    answer.put("is_compatible", objections.isEmpty());
    if (call.flag("verbose")) {
      answer.put("messages", objections);
    }
    return answer;
  }

  private List<String> against(VersionName version, String subject, Submission submission) {
    return ask(q -> q.objections(subject, submission, version));
  }

  private Object level(Call call) {
    String subject = subjectOrGlobal(call);
    boolean global = call.flag("defaultToGlobal") || subject.equals(Change.GLOBAL);
    return Map.of("compatibilityLevel", ask(q -> q.level(subject, global)));
  }

  private Object setLevel(Call call) {
    String level = call.text("compatibility");
    registry.change(d -> d.setLevel(subjectToChange(call), level));
    return Map.of("compatibility", level);
  }

  private Object clearLevel(Call call) {
    String subject = subjectOrGlobal(call);
    CompatibilityLevel before = ask(q -> q.level(subject, true));
    registry.change(d -> d.clearLevel(subject));
    return Map.of("compatibilityLevel", before);
  }

  private Object mode(Call call) {
    String subject = subjectOrGlobal(call);
    boolean global = call.flag("defaultToGlobal") || subject.equals(Change.GLOBAL);
    return Map.of("mode", ask(q -> q.mode(subject, global)));
  }

  private Object setMode(Call call) {
    String mode = call.text("mode");
    registry.change(d -> d.setMode(subjectToChange(call), mode));
    return Map.of("mode", mode);
  }

  private <R> R ask(Function<SubjectQueries, R> question) {
    return registry.ask(question);
  }

  private String schemaById(Call call) {
    return ask(q -> q.schema(id(call)));
  }

  private List<StoredSchema> uses(Call call) {
    return ask(q -> q.uses(id(call), call.flag("deleted")));
  }

  private StoredSchema version(Call call) {
    VersionName version = VersionName.parse(call.path("version"));
    return ask(q -> q.version(call.path("subject"), version, call.flag("deleted")));
  }

  private static int id(Call call) {
    String id = call.path("id");
    if (!id.matches("[0-9]{1,9}")) {
      throw RegistryError.http(404, "schema id is not a number");
    }
    return Integer.parseInt(id);
  }

  private static String subjectOrGlobal(Call call) {
    return call.path().getOrDefault("subject", Change.GLOBAL);
  }

  private static String subjectToChange(Call call) {
    String subject = subjectOrGlobal(call);
    boolean named = call.path().containsKey("subject");
    if (subject.length() > LONGEST_SUBJECT
        || (subject.isEmpty() && named)
        || subject.chars().anyMatch(Character::isISOControl)) {
      throw RegistryError.invalidSubject();
    }
    return subject;
  }

  private static Submission submission(Call call) {
    String type = call.body().path("schemaType").asText("AVRO");
    if (!type.equals("AVRO")) {
      throw RegistryError.invalidSchema("schemaType must be AVRO, the only one offered here");
    }
    if (!call.body().path("references").isEmpty()) {
      throw RegistryError.invalidSchema("references are not offered here: inline the schemas");
    }
    return Submission.of(call.text("schema"), call.flag("normalize"));
  }

  private static List<Integer> versionsIn(List<Change> changes) {
    return changes.stream()
        .<Integer>mapMulti(
            (change, versions) -> {
              if (change instanceof Change.Stored stored) {
                versions.accept(stored.schema().version());
              } else if (change instanceof Change.Erased erased) {
                versions.accept(erased.version());
              }
            })
        .toList();
  }

  private static Map<String, Object> full(StoredSchema schema) {
    var answer = new LinkedHashMap<String, Object>();
    answer.put("subject", schema.subject());
    answer.put("version", schema.version());
    answer.put("id", schema.id());
    answer.put("schema", schema.text());
    return answer;
  }
}
