-- What is searched stands beside the traits as it is, so that their JSON need not be read.
ALTER TABLE trait_state ADD COLUMN name VARCHAR;
ALTER TABLE trait_state ADD COLUMN email VARCHAR;
ALTER TABLE account_state ADD COLUMN name VARCHAR;
ALTER TABLE account_state ADD COLUMN email VARCHAR;
UPDATE trait_state SET name = traits ->> '$.name', email = traits ->> '$.email';
UPDATE account_state SET name = traits ->> '$.name', email = traits ->> '$.email';
