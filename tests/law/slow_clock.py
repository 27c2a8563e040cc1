"""The statutory clock walked day by day, written from the law's text and nothing else of
the product's: slow, plain, and the judge of the fast one.

A day is counted by hand: it counts if it is a working day and no consultation is open on
it. Events come as plain tuples (kind, day, extra), already in legal order.
"""

from datetime import date, timedelta

ONE = timedelta(1)
NEW_REGULATIONS = date(2019, 5, 15)


class SlowClock:
    def __init__(self, received_on, is_worked):
        self.received_on, self.is_worked = received_on, is_worked
        new = received_on >= NEW_REGULATIONS
        self.period, self.most = (20, 20) if new else (15, 15)
        self.new, self.start = new, received_on
        self.extra = 0
        self.told_to_supplement = 0
        self.awaits_supplement = self.awaits_payment = False
        self.letters = {}  # name → list of [sought, delivered, received, pauses]
        self.irregular = []

    # --- walking ------------------------------------------------------------------
    def after(self, day, n):
        """The n-th worked day after `day`."""
        while n:
            day += ONE
            n -= self.is_worked(day)
        return day

    def silence(self, letter):
        """The last day on which the letter still stops the clock."""
        sought, delivered, received, _ = letter
        ends = [received] if received else []
        if delivered:
            ends.append(self.after(delivered, 15))
        elif not received:
            ends.append(self.after(sought, 15))
        return min(ends)

    def stopped(self, day):
        every = [one for letters in self.letters.values() for one in letters]
        return any(one[0] < day <= self.silence(one) for one in every if one[3])

    def counted(self, day, n):
        while n:
            day += ONE
            n -= self.is_worked(day) and not self.stopped(day)
        return day

    @property
    def base(self):
        if self.awaits_supplement or self.awaits_payment:
            return None
        return self.counted(self.start, self.period)

    @property
    def due(self):
        base = self.base
        return base and self.counted(base, self.extra)

    # --- what happens ---------------------------------------------------------------
    def happens(self, kind, on, extra):
        getattr(self, kind)(on, extra)

    def supplement_asked(self, on, _):
        self.told_to_supplement += 1
        if self.new and self.told_to_supplement > 1:
            self.irregular.append("supplement_repeated")
        elif self.new and on > self.after(self.received_on, 7):
            self.irregular.append("supplement_late")
        else:
            self.awaits_supplement = True

    def supplement_received(self, on, _):
        if self.awaits_supplement:
            self.awaits_supplement, self.start = False, on

    def fee_noticed(self, on, _):
        if self.due and on > self.due:
            self.irregular.append("fee_notice_late")
        else:
            self.awaits_payment = True

    def fee_paid(self, on, _):
        if self.awaits_payment:
            self.awaits_payment, self.start = False, on

    def opinion_sought(self, on, name):
        late = bool(self.due and on > self.due)
        if late:
            self.irregular.append("opinion_late")
        self.letters.setdefault(name, []).append([on, None, None, not late])

    def opinion_delivered(self, on, name):
        self.letters[name][-1][1] = on

    def opinion_received(self, on, name):
        self.letters[name][-1][2] = on

    def extended(self, on, days):
        if self.extra:
            self.irregular.append("extension_repeated")
        elif self.base and on > self.base:
            self.irregular.append("extension_late")
        else:
            if days > self.most:
                self.irregular.append("extension_overlong")
            self.extra = min(days, self.most)
