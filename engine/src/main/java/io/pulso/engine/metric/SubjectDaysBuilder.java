package io.pulso.engine.metric;

import java.util.Arrays;
import java.util.Objects;

/// Collects [SubjectDays] in any order; quickest by subject and day.
public final class SubjectDaysBuilder {
  private final int base;
  private final int[] counts;
  private int[] subjects = new int[16];
  private char[] blocks = new char[16];
  private long[] bits = new long[16];
  private int size;

  SubjectDaysBuilder(int subjects, int base) {
    this.base = base;
    this.counts = new int[subjects];
  }

  /// Adds a day, again or not.
  public SubjectDaysBuilder add(int subject, int day) {
    if (day < base) {
      throw new IllegalArgumentException("day %d before %d".formatted(day, base));
    }
    int after = day - base;
    return add(subject, after / SubjectDays.BLOCK, 1L << (after % SubjectDays.BLOCK));
  }

  /// Adds days of a block, see [SubjectDays#BLOCK].
  ///
  /// @param days a bit for each
  public SubjectDaysBuilder add(int subject, int block, long days) {
    Objects.checkIndex(subject, counts.length);
    if (block < 0 || block > Character.MAX_VALUE || days <= 0) {
      throw new IllegalArgumentException("block %d with days %d".formatted(block, days));
    }
    if (size > 0 && subjects[size - 1] == subject && blocks[size - 1] == block) {
      bits[size - 1] |= days;
      return this;
    }
    if (size == bits.length) {
      int capacity = Math.addExact(size, (size >> 1) + 16);
      subjects = Arrays.copyOf(subjects, capacity);
      blocks = Arrays.copyOf(blocks, capacity);
      bits = Arrays.copyOf(bits, capacity);
    }
    subjects[size] = subject;
    blocks[size] = (char) block;
    bits[size++] = days;
    counts[subject]++;
    return this;
  }

  /// Ends the collecting; the builder must not be used again.
  public SubjectDays build() {
    int[] ends = new int[counts.length];
    for (int subject = 1; subject < counts.length; subject++) {
      ends[subject] = ends[subject - 1] + counts[subject - 1];
    }
    char[] toBlocks = new char[size];
    long[] toBits = new long[size];
    for (int row = 0; row < size; row++) {
      int place = ends[subjects[row]]++;
      toBlocks[place] = blocks[row];
      toBits[place] = bits[row];
    }
    blocks = toBlocks;
    bits = toBits;
    size = 0;
    int[] starts = new int[counts.length + 1];
    for (int subject = 0; subject < counts.length; subject++) {
      int from = ends[subject] - counts[subject];
      sort(from, ends[subject]);
      merge(from, ends[subject]);
      starts[subject + 1] = size;
    }
    return new SubjectDays(base, starts, Arrays.copyOf(blocks, size), Arrays.copyOf(bits, size));
  }

  /// Sorts rows of one subject by block; they are few, and mostly in order.
  private void sort(int from, int to) {
    for (int row = from + 1; row < to; row++) {
      char block = blocks[row];
      long days = bits[row];
      int place = row;
      for (; place > from && blocks[place - 1] > block; place--) {
        blocks[place] = blocks[place - 1];
        bits[place] = bits[place - 1];
      }
      blocks[place] = block;
      bits[place] = days;
    }
  }

  /// Moves sorted rows of one subject to the end of those before, one for each block.
  private void merge(int from, int to) {
    int first = size;
    for (int row = from; row < to; row++) {
      if (size > first && blocks[size - 1] == blocks[row]) {
        bits[size - 1] |= bits[row];
      } else {
        blocks[size] = blocks[row];
        bits[size++] = bits[row];
      }
    }
  }
}
