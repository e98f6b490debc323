"""python -m selftest.measure"""

from selftest.measure.cli import main

if __name__ == "__main__":
    main()
