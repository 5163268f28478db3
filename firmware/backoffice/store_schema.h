#pragma once

/*
 * The steps that bring a database up to date, in the order in which they are
 * applied; the database remembers how many it has had. A step that was ever
 * released is never changed: a change is a new step.
 */

extern const char *const store_schema[];
extern const int store_schema_count;

/* Written in the store file of the tables concerned, listed in store_sqlite_schema.c.
 */
extern const char store_schema_fleet[];
extern const char store_schema_usage[];
extern const char store_schema_book[];
extern const char store_schema_hand_over[];
extern const char store_schema_book_moves[];
extern const char store_schema_book_unprinted[];
extern const char store_schema_book_counts[];
extern const char store_schema_book_desks[];
extern const char store_schema_errand[];
extern const char store_schema_errand_hand_over[];
extern const char store_schema_book_leases[];
extern const char store_schema_queue[];
extern const char store_schema_queue_announced[];
extern const char store_schema_staff[];
extern const char store_schema_queue_follow[];
extern const char store_schema_usage_success[];
extern const char store_schema_usage_help[];
