package io.pulso.server.sample;

/// What is written in words: remarks of customers, and replies to them.
record Said(Remarks remarks, Replies replies) {}
