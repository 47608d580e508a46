package io.pulso.server.ingest;

import io.pulso.server.event.InputException;
import io.pulso.server.store.RejectReason;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.LongUnaryOperator;
import org.jspecify.annotations.Nullable;

/// Reads one file of text: finds out how it is written, and decodes its records.
final class TextFile {
  private static final int TOLD_EVERY = 1_024;

  private final Reading reading;
  private final Intake intake;
  private final String name;
  private LongUnaryOperator lines = LongUnaryOperator.identity();

  TextFile(Reading reading, Intake intake, String name) {
    this.reading = reading;
    this.intake = intake;
    this.name = name;
  }

  /// @param packed how many bytes of all files have been read
  void read(InputStream in, LongSupplier packed) {
    try {
      byte[] first = Unpacked.head(in, Head.SIZE);
      int mark = Head.mark(name, first);
      byte[] text = Arrays.copyOfRange(first, mark, first.length);
      Head head = new Head(name, text);
      if (head.isBlank() && first.length < Head.SIZE) {
        reading.progress.file(name, "empty", "");
        return;
      }
      Window window = new Window(new SequenceInputStream(new ByteArrayInputStream(text), in));
      if (isJson(head)) {
        Records records = head.isLines() ? new Lines(window) : new JsonValues(window);
        decode(records, jsonDecoder(head), packed);
      } else {
        csv(head, window, reading.request.header(), packed);
      }
    } catch (IOException e) {
      throw Input.unreadable(name, e);
    }
  }

  private boolean isJson(Head head) {
    return switch (reading.request.format()) {
      case null -> head.isJson();
      case CSV, TSV -> false;
      case MAUTIC, POSTHOG -> head.isJson();
      case JSON, SEGMENT, MIXPANEL, AMPLITUDE -> true;
      case PARQUET -> throw new InputException(name + ": is no Parquet file");
    };
  }

  /// Reads JSON records that were rejected before.
  void replayJson(Records records, byte[] text) {
    replay(records, jsonDecoder(new Head(name, first(text))));
  }

  /// Reads records that were rejected before.
  void replay(Records records, Decoder decoder) {
    try {
      decode(records, decoder, () -> 0);
    } catch (IOException e) {
      throw Input.unreadable(name, e);
    }
  }

  /// Reads rows that were rejected before.
  ///
  /// @param original the line of a row in its file, by its line in this text
  void replayCsv(byte[] text, boolean hasHeader, LongUnaryOperator original) {
    lines = original;
    try {
      Window window = new Window(new ByteArrayInputStream(text));
      csv(new Head(name, first(text)), window, hasHeader, () -> 0);
    } catch (IOException e) {
      throw Input.unreadable(name, e);
    }
  }

  private static byte[] first(byte[] text) {
    return Arrays.copyOf(text, Math.min(text.length, Head.SIZE));
  }

  private Decoder jsonDecoder(Head head) {
    List<Map<String, @Nullable Object>> objects = head.objects();
    Format format = format(objects);
    Shape shape = Shapes.shape(format);
    Decoder decoder;
    String mapped = "";
    if (shape != null) {
      decoder = new ObjectDecoder(shape, reading.times(format), reading.checks, reading.ids);
    } else if (format == Format.SEGMENT) {
      decoder = new SegmentDecoder(reading.times(format), reading.checks, reading.ids);
    } else if (objects.isEmpty()) {
      decoder = new SegmentDecoder(reading.times(format), reading.checks, reading.ids);
      format = Format.SEGMENT;
    } else {
      Table table = Head.table(objects);
      Mapping mapping = reading.mapping(name, table, format);
      mapped = mapping.describe();
      decoder = new RowDecoder(reading.rows(mapping, format), table.names());
    }
    reading.progress.file(name, format.word(), mapped);
    return decoder;
  }

  private Format format(List<Map<String, @Nullable Object>> objects) {
    Format said = reading.request.format();
    if (said != null) {
      return said;
    }
    boolean plain = !reading.request.map().isEmpty() || reading.request.as() != As.EVENTS;
    return plain ? Format.JSON : Shapes.tell(objects);
  }

  private void csv(Head head, Window window, @Nullable Boolean said, LongSupplier packed)
      throws IOException {
    byte delimiter = delimiter(head);
    List<List<@Nullable String>> rows = new ArrayList<>(head.rows(delimiter));
    if (rows.isEmpty()) {
      throw new InputException(name + ": no row can be read; is it text with rows and columns?");
    }
    boolean hasHeader = said != null ? said : Head.isHeader(rows.get(0));
    List<String> names = hasHeader ? Head.names(rows.remove(0)) : Head.numbered(rows.get(0).size());
    Table table = new Table(names, rows, false, false);
    CsvRows records = new CsvRows(window, delimiter);
    if (hasHeader && records.next()) {
      intake.header(records.record().text());
    }
    decode(records, csvDecoder(table, records), packed);
  }

  private CsvDecoder csvDecoder(Table table, CsvRows records) {
    Format format = csvFormat(table.names());
    Shape shape = Shapes.shape(format);
    List<CsvRow.ColumnType> types = reading.types(table);
    if (shape != null) {
      reading.progress.file(name, format.word(), "");
      RowReader reader = new ShapeReader(shape, reading.times(format), reading.checks, reading.ids);
      return new CsvDecoder(reader, records, table.names(), types);
    }
    Mapping mapping = reading.mapping(name, table, format);
    reading.progress.file(name, format.word(), mapping.describe());
    return new CsvDecoder(reading.rows(mapping, format), records, table.names(), types);
  }

  private Format csvFormat(List<String> names) {
    Format said = reading.request.format();
    if (said != null) {
      return said;
    }
    boolean plain = !reading.request.map().isEmpty() || reading.request.as() != As.EVENTS;
    if (!plain && Mautic.is(names)) {
      return Format.MAUTIC;
    }
    return !plain && names.containsAll(List.of("distinct_id", "event", "properties", "timestamp"))
        ? Format.POSTHOG
        : Format.CSV;
  }

  private byte delimiter(Head head) {
    Character said = reading.request.delimiter();
    if (said != null) {
      return (byte) said.charValue();
    }
    return reading.request.format() == Format.TSV ? (byte) '\t' : head.delimiter();
  }

  private void decode(Records records, Decoder decoder, LongSupplier packed) throws IOException {
    int untold = 0;
    while (records.next()) {
      long line = lines.applyAsLong(records.line());
      RowFault fault = fault(records);
      if (fault != null) {
        intake.reject(line, fault, records.record());
      } else {
        decoder.decode(records.record(), line, intake);
      }
      if (++untold == TOLD_EVERY) {
        untold = 0;
        told(packed);
      }
    }
    told(packed);
  }

  private void told(LongSupplier packed) {
    if (Thread.currentThread().isInterrupted()) {
      throw Conveyor.cancelled();
    }
    reading.progress.reached(packed.getAsLong(), intake.read());
  }

  private static @Nullable RowFault fault(Records records) {
    RowFault fault = records.fault();
    if (fault != null) {
      return fault;
    }
    Slice record = records.record();
    int bad = Scan.invalidUtf8(record.bytes, record.from, record.to);
    return bad < 0
        ? null
        : new RowFault(
            RejectReason.BAD_ENCODING, "byte " + (bad - record.from + 1) + " is not UTF-8");
  }
}
