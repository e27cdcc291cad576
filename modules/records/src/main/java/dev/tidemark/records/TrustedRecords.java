package dev.tidemark.records;

import org.apache.avro.LogicalType;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.util.ClassSecurityValidator;
import org.apache.avro.util.ClassSecurityValidator.ClassSecurityPredicate;

/**
 * Lets Avro make the records of this package. Since 1.12.2 Avro makes no class by its name unless
 * the program trusts it, generated ones included, and without that neither builders nor readers
 * work. Avro loads this class by itself as a service before it parses the first schema, so nobody
 * has to remember; {@link #trust} is for class loaders that hide services. Adds to what the program
 * already trusts and takes nothing away.
 */
public final class TrustedRecords implements LogicalTypes.LogicalTypeFactory {
  private static final String NAME = "tidemark-trusted-records";
  private static final String PACKAGE = TrustedRecords.class.getPackageName();

  static {
    trust();
  }

  /** Trusts the records of this package; does nothing when they are trusted already. */
  public static synchronized void trust() {
    ClassSecurityPredicate known = ClassSecurityValidator.getGlobal();
    if (!known.isTrusted(PackageMember.class)) {
      ClassSecurityPredicate records = type -> type.getPackageName().equals(PACKAGE);
      ClassSecurityValidator.setGlobal(ClassSecurityValidator.composite(known, records));
    }
  }

  @Override
  public String getTypeName() {
    return NAME;
  }

  /** No schema of ours uses this type; the service interface asks for it. */
  @Override
  public LogicalType fromSchema(Schema schema) {
    return new LogicalType(NAME);
  }

  /** Stands for the package without loading a record, which would parse a schema. */
  private static final class PackageMember {}
}
