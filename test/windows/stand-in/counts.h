#ifndef COUNTS_H
#define COUNTS_H

/* Under the lock. */
void counts_reset(void);
void counts_enter(void);
void counts_leave(void);

#endif
