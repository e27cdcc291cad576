package dev.tidemark.wire;

import org.apache.avro.Schema;
import org.apache.kafka.common.config.ConfigException;

/** How the subject of a schema is named; the three strategies of Confluent's serdes. */
enum SubjectNaming {
  TOPIC("TopicNameStrategy") {
    @Override
    String subject(String topic, boolean key, Schema schema) {
      return topic + (key ? "-key" : "-value");
    }
  },
  RECORD("RecordNameStrategy") {
    @Override
    String subject(String topic, boolean key, Schema schema) {
      return schema.getFullName();
    }
  },
  TOPIC_RECORD("TopicRecordNameStrategy") {
    @Override
    String subject(String topic, boolean key, Schema schema) {
      return topic + "-" + schema.getFullName();
    }
  };

  private static final String CONFLUENT = "io.confluent.kafka.serializers.subject.";
  private final String strategy;

  SubjectNaming(String strategy) {
    this.strategy = strategy;
  }

  abstract String subject(String topic, boolean key, Schema schema);

  /** Finds a strategy by its short name or by the name of Confluent's class. */
  static SubjectNaming named(String setting, String name) {
    for (SubjectNaming naming : values()) {
      if (name.equals(naming.strategy) || name.equals(CONFLUENT + naming.strategy)) {
        return naming;
      }
    }
    throw new ConfigException(
        setting
            + "="
            + name
            + " is not known: use TopicNameStrategy, RecordNameStrategy or"
            + " TopicRecordNameStrategy");
  }
}
